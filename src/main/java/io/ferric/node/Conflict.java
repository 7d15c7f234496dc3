package io.ferric.node;

/** The node is busy or in another state than the request needs; the caller can wait and try again (HTTP 409). */
public final class Conflict extends NodeFault {
    public Conflict(String code, String message, String hint) {
        super(code, message, hint, null);
    }

    public Conflict(String code, String message, String hint, Throwable cause) {
        super(code, message, hint, cause);
    }
}

package io.ferric.node;

/** No such node, port, driver or method (HTTP 404). */
public final class NotFound extends NodeFault {
    public NotFound(String code, String message, String hint) {
        super(code, message, hint, null);
    }

    public NotFound(String code, String message, String hint, Throwable cause) {
        super(code, message, hint, cause);
    }
}

package io.ferric.node;

/** The request or what is stored about the node is wrong; the caller can mend it (HTTP 400). */
public final class InvalidRequest extends NodeFault {
    public InvalidRequest(String code, String message, String hint) {
        super(code, message, hint, null);
    }

    public InvalidRequest(String code, String message, String hint, Throwable cause) {
        super(code, message, hint, cause);
    }
}

package io.ferric.node;

/** Something outside did not do what it should: a human must look (HTTP 500). */
public final class OperationFailed extends NodeFault {
    public OperationFailed(String code, String message, String hint) {
        super(code, message, hint, null);
    }

    public OperationFailed(String code, String message, String hint, Throwable cause) {
        super(code, message, hint, cause);
    }
}

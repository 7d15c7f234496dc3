package io.ferric.node;

/** Nobody knows who the caller is (HTTP 401). */
public final class NotAuthenticated extends NodeFault {
    public NotAuthenticated(String message, String hint) {
        super(FaultCode.NOT_AUTHENTICATED, message, hint, null);
    }
}

package io.ferric.node;

/** No such node, port, driver or method (HTTP 404). */
public final class NotFound extends NodeFault {
    /** That there is no node of this UUID or name, or none that the caller may hear of: both in the same words. */
    public static NotFound node(String uuidOrName) {
        return new NotFound(FaultCode.NODE_NOT_FOUND, "Node " + uuidOrName + " could not be found", "");
    }

    public NotFound(String code, String message, String hint) {
        super(code, message, hint, null);
    }

    public NotFound(String code, String message, String hint, Throwable cause) {
        super(code, message, hint, cause);
    }
}

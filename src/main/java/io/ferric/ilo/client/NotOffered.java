package io.ferric.ilo.client;

import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;

/**
 * The cause of a fault that says: this iLO, or the protocol spoken to it, does not do that; another protocol may. Nothing
 * was changed.
 */
public final class NotOffered extends Exception {
    private static final long serialVersionUID = 1;

    private NotOffered(String what, Throwable cause) {
        super(what, cause);
    }

    static OperationFailed by(IloClient ilo, String what) {
        return fault(what + " is not offered by " + ilo.protocol(), "", null);
    }

    /** The fault with this mark. */
    public static OperationFailed fault(String message, String hint, Throwable cause) {
        return new OperationFailed(FaultCode.ILO_OPERATION_ERROR, message, hint, new NotOffered(message, cause));
    }

    /** Whether it is such a fault. */
    public static boolean caused(OperationFailed failure) {
        return failure.getCause() instanceof NotOffered;
    }
}

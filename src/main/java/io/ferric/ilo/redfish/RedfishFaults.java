package io.ferric.ilo.redfish;

import io.ferric.ilo.client.NotOffered;
import io.ferric.ilo.wire.ConnectionTrouble;
import io.ferric.ilo.wire.HttpStatus;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.Words;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import java.io.IOException;

/** Words what goes wrong with one iLO. */
final class RedfishFaults {
    private final IloAccess access;
    private final Masks masks;

    RedfishFaults(IloAccess access) {
        this.access = access;
        this.masks = new Masks(access);
    }

    OperationFailed of(String operation, IOException why) {
        if (why instanceof RedfishRefusal refusal) {
            return refused(operation, refusal);
        }
        if (why instanceof Declined declined) {
            String message = message(operation, declined.getMessage());
            return declined.notOffered()
                    ? NotOffered.fault(message, declined.hint(), declined)
                    : failed(message, declined.hint(), declined);
        }
        ConnectionTrouble trouble = ConnectionTrouble.of(why, access);
        return failed(message(operation, trouble.meaning()), trouble.hint(), why);
    }

    private OperationFailed refused(String operation, RedfishRefusal refusal) {
        RedfishTrouble trouble = refusal.trouble();
        String said = masks.apply(refusal.getMessage());
        String message = message(operation, trouble.meaning() + " (it said: " + Words.shown(said) + ")");
        if (trouble.notOffered()) {
            return NotOffered.fault(message, trouble.hint(), refusal);
        }
        return failed(message, trouble.hint(), refusal.status() >= 500 ? new HttpStatus(refusal.status()) : refusal);
    }

    private String message(String operation, String why) {
        return "iLO " + access.authority() + " (Redfish): " + operation + " failed: " + why;
    }

    private static OperationFailed failed(String message, String hint, Throwable cause) {
        return new OperationFailed(FaultCode.ILO_OPERATION_ERROR, message, hint, cause);
    }
}

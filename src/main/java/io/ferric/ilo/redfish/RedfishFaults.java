package io.ferric.ilo.redfish;

import io.ferric.ilo.client.NotOffered;
import io.ferric.ilo.wire.ConnectionTrouble;
import io.ferric.ilo.wire.HttpStatus;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.LoginRejected;
import io.ferric.ilo.wire.Redaction;
import io.ferric.ilo.wire.Words;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import java.io.IOException;

/** Words what goes wrong with one iLO. */
final class RedfishFaults {
    private final IloAccess access;

    RedfishFaults(IloAccess access) {
        this.access = access;
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
        String said = Redaction.of(access).text(refusal.getMessage());
        String message = message(operation, trouble.meaning() + " (it said: " + Words.shown(said) + ")");
        if (trouble.notOffered()) {
            return NotOffered.fault(message, trouble.hint(), refusal);
        }
        return failed(message, trouble.hint(), cause(refusal, said));
    }

    /** Callers go by it: a rejected login ends all trying, an HTTP status of 500 or more is a bad moment. */
    private static IOException cause(RedfishRefusal refusal, String said) {
        if (refusal.trouble() == RedfishTrouble.LOGIN || refusal.trouble() == RedfishTrouble.LOGIN_DELAYED) {
            return new LoginRejected(said);
        }
        return refusal.status() >= 500 ? new HttpStatus(refusal.status()) : refusal;
    }

    private String message(String operation, String why) {
        return "iLO " + access.authority() + " (Redfish): " + operation + " failed: " + why;
    }

    private static OperationFailed failed(String message, String hint, Throwable cause) {
        return new OperationFailed(FaultCode.ILO_OPERATION_ERROR, message, hint, cause);
    }
}

package io.ferric.ilo.ribcl;

import io.ferric.ilo.client.NotOffered;
import io.ferric.ilo.wire.ConnectionTrouble;
import io.ferric.ilo.wire.HttpAnswer;
import io.ferric.ilo.wire.HttpCall;
import io.ferric.ilo.wire.HttpStatus;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloLine;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.ilo.wire.LoginRejected;
import io.ferric.ilo.wire.Redaction;
import io.ferric.ilo.wire.Words;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import java.io.IOException;
import java.util.Set;

/**
 * Carries RIBCL commands to one iLO and turns whatever goes wrong into plain words. Nothing is tried twice here: a
 * rejected login must not be, and after a broken answer nobody knows whether the command was done.
 */
final class RibclSession {
    private static final String PATH = "/ribcl";
    private static final int SHOWN = 200;

    /** What web servers say that know no such path. */
    private static final Set<Integer> ABSENT = Set.of(404, 405, 410, 501);

    private final IloAccess access;
    private final IloLine line;

    /** @param line carries each request in a turn of its own */
    RibclSession(IloAccess access, IloLine line) {
        this.access = access;
        this.line = line;
    }

    /**
     * @param operation what is being done, for messages: "reading the power state"
     * @throws OperationFailed in plain words
     */
    RibclReply call(String operation, RibclCommand command) {
        try {
            return tryCall(operation, command);
        } catch (RibclException e) {
            throw refused(operation, e);
        }
    }

    /** As {@link #call}, for callers that know what to do when the iLO says no. */
    RibclReply tryCall(String operation, RibclCommand command) throws RibclException {
        try {
            return exchange(command);
        } catch (RibclException e) {
            throw e;
        } catch (HttpStatus e) {
            throw ABSENT.contains(e.status()) ? absent(operation, e) : unanswered(operation, e);
        } catch (IOException e) {
            throw unanswered(operation, e);
        }
    }

    /** The fault for an error the iLO reported. */
    OperationFailed refused(String operation, RibclException e) {
        RibclTrouble trouble = e.trouble();
        String said = String.format("%s (it said: 0x%04X %s)", trouble.meaning(), e.status(), said(e));
        String hint = trouble.hint() + passwordHint(trouble);
        return trouble.notOffered()
                ? NotOffered.fault(message(operation, said), hint, e)
                : failed(operation, said, hint, trouble == RibclTrouble.LOGIN ? new LoginRejected(said(e)) : e);
    }

    /** Masked before it is cut, for half a secret is none to the mask. */
    private String said(RibclException e) {
        return Words.shown(Redaction.of(access).text(e.getMessage()), SHOWN);
    }

    private OperationFailed unanswered(String operation, IOException e) {
        ConnectionTrouble trouble = ConnectionTrouble.of(e, access);
        return failed(operation, trouble.meaning(), trouble.hint(), e);
    }

    private OperationFailed absent(String operation, HttpStatus e) {
        return NotOffered.fault(
                message(operation, "it has no RIBCL (HTTP status " + e.status() + ")"),
                "It is an iLO 2 or older, an iLO with RIBCL switched off, or no iLO at all; iLO 4 or later is needed.",
                e);
    }

    /** The fault for an answer that lacks what was asked for. */
    OperationFailed lacking(String operation, String what) {
        return failed(
                operation, "its answer has no " + what, "Update the iLO's firmware; a trace shows the answer.", null);
    }

    private RibclReply exchange(RibclCommand command) throws IOException {
        String document = command.document(access.username(), access.password().reveal());
        HttpCall call = HttpCall.of("POST", PATH, "text/xml", document).with("Connection", "close");
        HttpAnswer answer = line.exchange(call);
        if (answer.status() != 200) {
            throw new HttpStatus(answer.status());
        }
        return RibclParser.parse(answer.body());
    }

    private OperationFailed failed(String operation, String why, String hint, Throwable cause) {
        return new OperationFailed(FaultCode.ILO_OPERATION_ERROR, message(operation, why), hint, cause);
    }

    private String message(String operation, String why) {
        return "iLO " + access.authority() + " (" + IloProtocol.RIBCL + "): " + operation + " failed: " + why;
    }

    private String passwordHint(RibclTrouble trouble) {
        boolean special = access.password().reveal().chars().anyMatch(each -> "&<>\"".indexOf(each) >= 0);
        return trouble == RibclTrouble.LOGIN && special
                ? " The password has one of the characters & < > \", which old iLO firmware does not understand:"
                        + " try one without them."
                : "";
    }
}

package io.ferric.ilo.connect;

import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.Generation;
import io.ferric.ilo.client.Identity;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.IloConnector;
import io.ferric.ilo.client.NotOffered;
import io.ferric.ilo.client.Quirk;
import io.ferric.ilo.wire.BrokenAnswer;
import io.ferric.ilo.wire.ConnectionTrouble;
import io.ferric.ilo.wire.HttpsExchange;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.ilo.wire.IloTrace;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out which iLO it is and what can be spoken to it. What needs no login is asked first, and the password is shown
 * to nothing that does not look like an iLO. Remembers nothing. Safe for use by many threads.
 */
final class Detector {
    private static final String CHECK_ADDRESS = "Check ilo_address and client_port.";

    private final HttpsExchange https;
    private final IloConnector ribcl;
    private final IloTrace trace;

    Detector(HttpsExchange https, IloConnector ribcl, IloTrace trace) {
        this.https = https;
        this.ribcl = ribcl;
        this.trace = trace;
    }

    /** What one turn at the address brought to light without a login. */
    private record Seen(Questions.Root root, Optional<Identity> data) {
        /** What is known of it from all sources. */
        Identity identity() {
            Identity told = root.found().map(RedfishRoot::identity).orElse(Identity.UNKNOWN);
            Identity other = data.orElse(Identity.UNKNOWN);
            return new Identity(
                    told.generation() == Generation.UNKNOWN ? other.generation() : told.generation(),
                    told.firmware().isEmpty() ? other.firmware() : told.firmware(),
                    told.model().or(other::model));
        }
    }

    /** @throws OperationFailed in plain words, when it is no iLO that can be spoken to */
    Detected detect(IloAccess access) {
        if (access.protocol().filter(IloProtocol.RIBCL::equals).isPresent()) {
            return new Detected(Identity.UNKNOWN, EnumSet.of(IloProtocol.RIBCL), true);
        }
        Seen seen = look(access);
        if (access.protocol().isPresent()) {
            return forcedRedfish(access, seen);
        }
        if (seen.root().found().isPresent()) {
            return byRoot(access, seen);
        }
        return seen.data().isPresent() ? byData(access, seen) : byRibcl(access, seen);
    }

    private Seen look(IloAccess access) {
        return ask(access, line -> {
            Questions.Root root = Questions.root(line, access);
            boolean worthIt = root.found()
                    .map(each -> each.ilo() && each.identity().model().isEmpty())
                    .orElse(true);
            return new Seen(root, worthIt ? Questions.anonymousData(line) : Optional.empty());
        });
    }

    private Detected forcedRedfish(IloAccess access, Seen seen) {
        if (seen.root().absent()) {
            throw failed(
                    access,
                    "it has no Redfish: " + seen.root().why(),
                    "iLO 4 needs firmware 2.30 for it. Set ilo_protocol to auto or ribcl.");
        }
        return new Detected(
                seen.identity(),
                EnumSet.of(IloProtocol.REDFISH),
                seen.root().found().isPresent());
    }

    private Detected byRoot(IloAccess access, Seen seen) {
        RedfishRoot root = seen.root().found().orElseThrow();
        if (!root.ilo()) {
            throw failed(
                    access,
                    "it speaks Redfish, but is no iLO" + (root.maker().isEmpty() ? "" : ": " + root.maker()),
                    "Check ilo_address; to try it all the same set ilo_protocol to redfish.");
        }
        Identity who = seen.identity();
        boolean early = Quirk.NO_REDFISH.applies(who);
        Set<IloProtocol> protocols = early ? EnumSet.of(IloProtocol.RIBCL) : EnumSet.of(IloProtocol.REDFISH);
        if (who.generation() != Generation.UNKNOWN && !Quirk.NO_RIBCL.applies(who)) {
            protocols.add(IloProtocol.RIBCL);
        }
        return new Detected(who, protocols, true);
    }

    private Detected byData(IloAccess access, Seen seen) {
        Identity who = seen.identity();
        if (Quirk.RAW_RIBCL.applies(who)) {
            throw failed(access, "it is an " + who + ", which is too old", "An iLO 3 or later is needed.");
        }
        Set<IloProtocol> protocols = EnumSet.noneOf(IloProtocol.class);
        if (!Quirk.NO_RIBCL.applies(who)) {
            protocols.add(IloProtocol.RIBCL);
        }
        if (!seen.root().sure() && !Quirk.NO_REDFISH.applies(who)) {
            protocols.add(IloProtocol.REDFISH);
        }
        if (protocols.isEmpty()) {
            throw failed(
                    access,
                    "it is an " + who + ", but has no Redfish: " + seen.root().why(),
                    "Switch its web server and Redfish on, or reset the iLO.");
        }
        return new Detected(who, protocols, seen.root().sure());
    }

    private Detected byRibcl(IloAccess access, Seen seen) {
        Questions.Ribcl answer = ask(access, line -> {
            Questions.Ribcl said = Questions.ribcl(line);
            if (!said.there() && !seen.root().sure()) {
                throw new BrokenAnswer("asked for RIBCL, " + said.instead());
            }
            return said;
        });
        if (!answer.there()) {
            throw failed(
                    access,
                    "there is no iLO: asked for Redfish, " + seen.root().why() + "; asked for RIBCL, "
                            + answer.instead(),
                    CHECK_ADDRESS + " An iLO 2 or older is too old; of a later one switch Redfish or RIBCL on.");
        }
        if (answer.switchedOff()) {
            throw failed(
                    access,
                    "its RIBCL interface is switched off, and asked for Redfish, "
                            + seen.root().why(),
                    "Switch Redfish on in its access settings, or RIBCL on an iLO 4 or 5.");
        }
        return new Detected(
                introduced(access), EnumSet.of(IloProtocol.RIBCL), seen.root().sure());
    }

    private <T> T ask(IloAccess access, HttpsExchange.Talk<T> talk) {
        try {
            return https.inTurn(access, line -> talk.on(trace.over(line, access)));
        } catch (IOException e) {
            ConnectionTrouble trouble = ConnectionTrouble.of(e, access);
            throw new OperationFailed(
                    FaultCode.ILO_OPERATION_ERROR, message(access, trouble.meaning()), trouble.hint(), e);
        }
    }

    /** Logs in, for nothing else tells; a login that is rejected ends it here. */
    private Identity introduced(IloAccess access) {
        IloClient ilo = ribcl.connect(access);
        String model = ilo.productName();
        try {
            Firmware firmware = ilo.firmware();
            return new Identity(Generation.of(firmware.processor()), firmware.version(), Optional.of(model));
        } catch (OperationFailed e) {
            if (NotOffered.caused(e)) {
                return new Identity(Generation.UNKNOWN, "", Optional.of(model));
            }
            throw e;
        }
    }

    private static OperationFailed failed(IloAccess access, String why, String hint) {
        return new OperationFailed(FaultCode.ILO_OPERATION_ERROR, message(access, why), hint);
    }

    private static String message(IloAccess access, String why) {
        return "iLO " + access.authority() + ": finding out which iLO it is failed: " + why;
    }
}

package io.ferric.ilo.redfish;

import io.ferric.ilo.client.Identity;
import io.ferric.ilo.redfish.RedfishSettings.Tries;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.node.OperationFailed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Asks one iLO, again when it is only a bad moment, and turns what goes wrong into plain words. Between tries others get
 * their turn.
 */
final class RedfishIlo {
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofSeconds(30);

    private final Identity identity;
    private final RedfishSession session;
    private final RedfishSettings settings;
    private final RedfishFaults faults;

    RedfishIlo(IloAccess access, Identity identity, RedfishSession session, RedfishSettings settings) {
        this.identity = identity;
        this.session = session;
        this.settings = settings;
        this.faults = new RedfishFaults(access);
    }

    /** What is done in one turn. Begun anew when it is tried again, so it reads before it writes. */
    interface Work<T> {
        T on(RedfishTalk talk) throws IOException;
    }

    /** Work without a result. */
    interface Task {
        void on(RedfishTalk talk) throws IOException;
    }

    RedfishSettings settings() {
        return settings;
    }

    /** @param operation what is being done, for messages: "reading the power state" */
    <T> T ask(String operation, Work<T> work) {
        try {
            return tryAsk(work);
        } catch (IOException e) {
            throw faults.of(operation, e);
        }
    }

    void tell(String operation, Task task) {
        ask(operation, talk -> {
            task.on(talk);
            return null;
        });
    }

    /** As {@link #ask}, for callers that know what to do when the iLO says no. */
    <T> T tryAsk(Work<T> work) throws IOException {
        Instant deadline = settings.clock().instant().plus(settings.longest());
        for (int tries = 1; ; tries++) {
            try {
                return session.inTurn(
                        line -> work.on(new RedfishTalk(session, line, identity, settings.clock(), deadline)));
            } catch (RedfishRefusal e) {
                Duration wait = wait(e, tries);
                if (tries >= patience(e).times()
                        || settings.clock().instant().plus(wait).isAfter(deadline)) {
                    throw e;
                }
                settings.pause().pause(wait);
            }
        }
    }

    /** Looks until it is so, or the time is up. */
    boolean settles(String operation, Work<Boolean> question) {
        for (int looks = 1; ; looks++) {
            if (ask(operation, question)) {
                return true;
            }
            if (looks >= settings.settle().times()) {
                return false;
            }
            settings.pause().pause(settings.settle().after(looks));
        }
    }

    private Tries patience(RedfishRefusal e) {
        Tries once = Tries.every(Duration.ZERO, 1);
        return switch (e.trouble()) {
            case IN_POST -> settings.inPost();
            case WRONG_STATE -> settings.busy();
            case BUSY -> e.repeatable() ? settings.busy() : once;
            default -> once;
        };
    }

    private Duration wait(RedfishRefusal e, int tries) {
        Duration wait = e.retryAfter().orElse(patience(e).after(tries));
        return wait.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : wait;
    }

    Identity identity() {
        return identity;
    }

    OperationFailed fault(String operation, IOException why) {
        return faults.of(operation, why);
    }
}

package io.ferric.ilo.redfish;

import io.ferric.ilo.wire.HttpAnswer;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** An iLO said no. The message is what it said. */
final class RedfishRefusal extends IOException {
    private static final long serialVersionUID = 1;
    private static final Set<RedfishTrouble> NO_VERDICT =
            EnumSet.of(RedfishTrouble.SESSION_SLOTS, RedfishTrouble.LOGIN_DELAYED, RedfishTrouble.BUSY);

    private final int status;
    private final transient ExtendedInfo info;
    private final RedfishTrouble trouble;
    private final transient Optional<Duration> retryAfter;
    private final boolean harmless;

    private RedfishRefusal(HttpAnswer answer, ExtendedInfo info, RedfishTrouble trouble, boolean harmless) {
        super(info.messages().isEmpty() ? "HTTP status " + answer.status() : info.toString());
        this.status = answer.status();
        this.info = info;
        this.trouble = trouble;
        this.retryAfter = answer.header("retry-after")
                .filter(seconds -> seconds.matches("\\d{1,4}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
        this.harmless = harmless;
    }

    /** @param harmless whether the call may be made twice even if it was obeyed after all */
    static RedfishRefusal of(HttpAnswer answer, boolean harmless) {
        ExtendedInfo info = ExtendedInfo.of(answer.body());
        return new RedfishRefusal(answer, info, RedfishTrouble.of(answer.status(), info), harmless);
    }

    /** Of a log-in: what has no other name, or none we know, is wrong credentials and must not be tried again. */
    static RedfishRefusal ofLogin(HttpAnswer answer) {
        ExtendedInfo info = ExtendedInfo.of(answer.body());
        RedfishTrouble trouble = RedfishTrouble.of(answer.status(), info);
        boolean refused = answer.status() == 400 || answer.status() == 401 || answer.status() == 403;
        boolean named = NO_VERDICT.contains(trouble);
        return new RedfishRefusal(answer, info, refused && !named ? RedfishTrouble.LOGIN : trouble, false);
    }

    int status() {
        return status;
    }

    ExtendedInfo info() {
        return info;
    }

    RedfishTrouble trouble() {
        return trouble;
    }

    /** When it wants to be asked again. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    /** Whether asking again does no harm: it said in words that it did nothing, or twice is the same as once. */
    boolean repeatable() {
        return harmless || !info.messages().isEmpty();
    }
}

package io.ferric.ilo.redfish;

import io.ferric.ilo.wire.Pause;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;

/**
 * How Redfish is spoken.
 *
 * @param clock by which work is bounded
 * @param pause lets time pass between tries
 * @param logouts runs log-outs, each of which is a call over the network: not the watchdog of the calls
 * @param idle how long a session nobody uses is kept
 * @param inPost tries while the server is in its self-test
 * @param busy tries for an iLO that is busy
 * @param bladePower tries to switch on a blade, which its enclosure may refuse for a while
 * @param settle looks at a change that takes the iLO a moment, such as media being ejected
 * @param longest bounds one operation with all its tries
 */
public record RedfishSettings(
        Clock clock,
        Pause pause,
        ScheduledExecutorService logouts,
        Duration idle,
        Tries inPost,
        Tries busy,
        Tries bladePower,
        Tries settle,
        Duration longest) {
    /**
     * How often something is done, and how far apart; each wait is twice the one before.
     *
     * @param times with the first
     */
    public record Tries(int times, Duration firstWait, Duration longestWait) {
        /** Waits of the same length. */
        public static Tries every(Duration wait, int times) {
            return new Tries(times, wait, wait);
        }

        /** The wait after this many tries. */
        Duration after(int tries) {
            Duration doubled = firstWait.multipliedBy(1L << Math.min(tries - 1, 10));
            return doubled.compareTo(longestWait) > 0 ? longestWait : doubled;
        }
    }

    /** Fit for real iLOs: sessions are kept for 30 s, a self-test is waited for up to 5 minutes. */
    public static RedfishSettings standard(ScheduledExecutorService logouts) {
        return new RedfishSettings(
                Clock.systemUTC(),
                Pause.SLEEP,
                logouts,
                Duration.ofSeconds(30),
                new Tries(14, Duration.ofSeconds(5), Duration.ofSeconds(30)),
                Tries.every(Duration.ofSeconds(3), 5),
                Tries.every(Duration.ofSeconds(7), 3),
                Tries.every(Duration.ofSeconds(1), 15),
                Duration.ofMinutes(5));
    }

    /** The same, with time passing in another way. */
    public RedfishSettings pausing(Pause other) {
        return new RedfishSettings(clock, other, logouts, idle, inPost, busy, bladePower, settle, longest);
    }
}

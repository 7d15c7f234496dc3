package io.ferric.publish;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends requests of Swift again that failed for a reason which may pass: a lost connection, 408, 429, 498 and 5xx. The
 * waits double, are cut by chance so that many conductors do not come back at once, and respect {@code Retry-After}.
 *
 * <p>All our requests are safe to send again. GET and HEAD change nothing. PUT of an object or container puts the whole in
 * place or nothing, so that twice is as good as once. POST carries all the metadata that shall be there. DELETE of
 * something that is gone is done. A refusal (other 4xx) would be one again and is not repeated.
 */
final class Retries {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration LONGEST_ASKED_FOR = Duration.ofSeconds(60);

    private final int most;
    private final Pause pause;
    private final RandomGenerator random;
    private final Clock clock;

    Retries(int most, Pause pause, RandomGenerator random, Clock clock) {
        this.most = most;
        this.pause = pause;
        this.random = random;
        this.clock = clock;
    }

    @FunctionalInterface
    interface Attempt<T> {
        T send() throws IOException;
    }

    @FunctionalInterface
    interface Command {
        void send() throws IOException;
    }

    void run(Operation operation, Command command) throws PublishException {
        ask(operation, () -> {
            command.send();
            return true;
        });
    }

    <T> T ask(Operation operation, Attempt<T> attempt) throws PublishException {
        try {
            for (int tries = 0; ; tries++) {
                try {
                    return attempt.send();
                } catch (IOException e) {
                    if (tries >= most || !SwiftCures.mayPass(e)) {
                        throw e;
                    }
                    Duration wait = wait(e, tries);
                    LOG.info(
                            "Swift operation '{}' ({}) failed and is tried again in {} ms: {}",
                            operation.name(),
                            operation.subject(),
                            wait.toMillis(),
                            Faults.reason(e));
                    pause.pause(wait);
                }
            }
        } catch (PublishException e) {
            throw e;
        } catch (IOException e) {
            throw operation.failure(SwiftCures.words(e), e);
        }
    }

    private Duration wait(IOException fault, int tries) {
        Duration growing = FIRST.multipliedBy(1L << Math.min(tries, 5));
        long longest = (growing.compareTo(LONGEST) > 0 ? LONGEST : growing).toMillis();
        Duration drawn = Duration.ofMillis(longest / 2 + random.nextLong(longest / 2 + 1));
        Duration asked =
                fault instanceof Refusal refusal ? refusal.retryAfter(clock).orElse(Duration.ZERO) : Duration.ZERO;
        Duration heeded = asked.compareTo(LONGEST_ASKED_FOR) > 0 ? LONGEST_ASKED_FOR : asked;
        return heeded.compareTo(drawn) > 0 ? heeded : drawn;
    }
}

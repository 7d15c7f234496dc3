package io.ferric.publish;

import io.ferric.publish.connector.ConnectionFault;
import java.io.IOException;
import java.time.Duration;

/**
 * Sends requests that change nothing, again where the fault may pass: no connection, or a service that says it is not well
 * (5xx), too slow or too much asked (408, 429). Safe for use by many threads.
 */
final class GlanceCalls {
    /** 1, 2, 4, 8, 8 s and so on. */
    private static final int LONGEST_PAUSE = 3;

    private final int retries;
    private final Pause pause;

    GlanceCalls(int retries, Pause pause) {
        this.retries = retries;
        this.pause = pause;
    }

    @FunctionalInterface
    interface Request<T> {
        T send() throws IOException;
    }

    /** @throws IOException the last fault, as it came */
    <T> T send(Request<T> request) throws IOException {
        for (int tried = 0; ; tried++) {
            try {
                return request.send();
            } catch (IOException e) {
                if (tried >= retries || !mayPass(e)) {
                    throw e;
                }
                pause.pause(Duration.ofSeconds(1L << Math.min(tried, LONGEST_PAUSE)));
            }
        }
    }

    /** What has words for an operator already, as a refused login, was thought over below. */
    private static boolean mayPass(IOException e) {
        if (e instanceof UnexpectedStatus answer) {
            return answer.status() >= 500 || answer.status() == 408 || answer.status() == 429;
        }
        if (e instanceof ConnectionFault fault && !fault.mayPass()) {
            return false;
        }
        return !(e instanceof PublishException) && !Thread.currentThread().isInterrupted();
    }
}

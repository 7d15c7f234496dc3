package io.ferric.client;

import java.io.IOException;
import java.time.Duration;

/** How a client waits; tests wait without time. */
@FunctionalInterface
interface Pause {
    void pause(Duration length) throws IOException;

    /** Of this thread. */
    static void sleep(Duration length) throws IOException {
        try {
            Thread.sleep(length.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting", e);
        }
    }
}

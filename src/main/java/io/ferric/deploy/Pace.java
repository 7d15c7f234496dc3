package io.ferric.deploy;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Watches how fast bytes come: a sender that trickles must not hold a deploy for ever. For one thread. */
final class Pace {
    private static final long WINDOW = TimeUnit.MINUTES.toNanos(1);
    private static final long LEAST_BYTES = 60 * 1024;
    private static final long TICK = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanoTime;
    private long windowStart;
    private long lastTick;
    private long bytes;

    Pace(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        restart();
    }

    /** From now on. */
    void restart() {
        windowStart = nanoTime.getAsLong();
        lastTick = windowStart;
        bytes = 0;
    }

    /** Counts bytes that came; false when fewer than 1 KiB/s did for a whole minute. */
    boolean keeps(int count) {
        bytes += count;
        long now = nanoTime.getAsLong();
        if (now - windowStart < WINDOW) {
            return true;
        }
        boolean enough = bytes >= LEAST_BYTES;
        windowStart = now;
        bytes = 0;
        return enough;
    }

    /** Whether a second has passed since this was last true. */
    boolean ticks() {
        long now = nanoTime.getAsLong();
        boolean passed = now - lastTick >= TICK;
        lastTick = passed ? now : lastTick;
        return passed;
    }
}

package io.ferric.iscsi;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A deadline that runs from its making, or from the last time there was {@link #progress}. */
final class Timer {
    private final LongSupplier nanoTime;
    private final Duration patience;
    private long expires;

    Timer(LongSupplier nanoTime, Duration patience) {
        this.nanoTime = nanoTime;
        this.patience = patience;
        progress();
    }

    /** Starts the whole time anew. */
    void progress() {
        expires = nanoTime.getAsLong() + patience.toNanos();
    }

    /** Nanoseconds left; zero or less when the time is over. */
    long left() {
        return expires - nanoTime.getAsLong();
    }

    /** The whole time, for messages. */
    String seconds() {
        return patience.toMillis() / 1000.0 + " s";
    }
}

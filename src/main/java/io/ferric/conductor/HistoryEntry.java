package io.ferric.conductor;

import java.time.Instant;

/** One thing that happened to a node. */
public record HistoryEntry(Instant at, String step, String message, Level level) {
    /** How much it matters. */
    public enum Level {
        INFO,
        WARNING,
        ERROR
    }
}

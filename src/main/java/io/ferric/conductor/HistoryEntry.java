package io.ferric.conductor;

import io.ferric.store.HistoryStore;
import java.time.Instant;

/** One thing that happened to a node. */
public record HistoryEntry(Instant at, String step, String message, Level level) {
    /** How much it matters. */
    public enum Level {
        INFO,
        WARNING,
        ERROR
    }

    static HistoryEntry of(HistoryStore.Entry stored) {
        return new HistoryEntry(stored.at(), stored.step(), stored.message(), Level.valueOf(stored.severity()));
    }

    HistoryStore.Entry stored() {
        return new HistoryStore.Entry(at, step, message, level.name());
    }
}

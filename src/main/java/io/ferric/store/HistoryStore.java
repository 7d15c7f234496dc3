package io.ferric.store;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What happened to nodes. Safe for use by many threads. */
public interface HistoryStore {
    /** Adds an entry and drops the node's oldest ones beyond {@code keep}; nothing happens when the node is gone. */
    void append(UUID node, Entry entry, int keep);

    /** The node's entries, oldest first. */
    List<Entry> of(UUID node);

    /** One entry; {@code severity} is a word of the conductor's. */
    record Entry(Instant at, String step, String message, String severity) {}
}

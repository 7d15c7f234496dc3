package io.ferric.conductor;

import java.time.Instant;
import java.util.UUID;

/**
 * That a node waits for its ramdisk. Kept in the database as JSON.
 *
 * @param since the time of the node's move to {@code wait call-back}, which tells this wait from a later one
 */
record Wait(UUID node, String since) {
    static Wait of(UUID node, Instant since) {
        return new Wait(node, since.toString());
    }

    String id() {
        return node + "@" + since;
    }

    boolean began(Instant moment) {
        return since.equals(moment.toString());
    }
}

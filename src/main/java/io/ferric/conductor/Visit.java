package io.ferric.conductor;

import io.ferric.driver.VendorCall;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * A piece of durable work on one node. Kept in the database as JSON, therefore without secrets and of JSON types only.
 *
 * @param method the vendor method of a {@code RESUME}; empty otherwise
 */
record Visit(String id, UUID node, Kind kind, String method, Map<String, Object> parameters) {
    /** What is to be done. */
    enum Kind {
        VERIFY("verify"),
        INSPECT("inspect"),
        DEPLOY("deploy"),
        RESUME("deploy"),
        TEAR_DOWN("tear down"),
        /** The ramdisk has not called back. */
        TIMEOUT("deploy"),
        /** An operator does not want the deploy any more. */
        ABORT("deploy"),
        /** The node was found in the middle of work that nobody does. */
        STRANDED("continue");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    Visit {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    static Visit of(UUID node, Kind kind) {
        return new Visit(newId(node), node, kind, "", Map.of());
    }

    static Visit resuming(UUID node, VendorCall accepted) {
        return new Visit(newId(node), node, Kind.RESUME, accepted.method(), accepted.parameters());
    }

    VendorCall call() {
        return new VendorCall(method, parameters);
    }

    private static String newId(UUID node) {
        return node + "/" + UUID.randomUUID();
    }
}

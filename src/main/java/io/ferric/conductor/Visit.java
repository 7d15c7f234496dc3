package io.ferric.conductor;

import io.ferric.driver.VendorCall;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A piece of durable work on one node. Kept in the database as JSON, therefore without secrets and of JSON types only.
 *
 * @param method the vendor method by which a ramdisk called that this visit goes on with; empty otherwise
 */
record Visit(String id, UUID node, Kind kind, String method, Map<String, Object> parameters) {
    /** What is to be done. */
    enum Kind {
        VERIFY("verify"),
        INSPECT("inspect"),
        DEPLOY("deploy"),
        RESUME("deploy"),
        TEAR_DOWN("tear down"),
        CLEAN("clean"),
        ADOPT("adopt"),
        RESCUE("rescue"),
        UNRESCUE("unrescue"),
        SERVICE("service"),
        /** The ramdisk has not called back. */
        TIMEOUT("wait"),
        /** An operator does not want the work any more. */
        ABORT("abort"),
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

    static Visit resuming(UUID node, Kind kind, VendorCall accepted) {
        return new Visit(newId(node), node, kind, accepted.method(), accepted.parameters());
    }

    /** The call of a ramdisk that this visit goes on with. */
    Optional<VendorCall> call() {
        return method.isEmpty() ? Optional.empty() : Optional.of(new VendorCall(method, parameters));
    }

    private static String newId(UUID node) {
        return node + "/" + UUID.randomUUID();
    }
}

package io.ferric.conductor;

import io.ferric.node.Node;
import io.ferric.store.NodeStore;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Options given with a deploy or rebuild: they stand in {@code instance_info}, where the driver looks. A config drive
 * belongs to the instance and stays there; the others leave when the deploy ends, and what stood there before is kept
 * among what the driver remembers, so that a restart does not lose it.
 */
final class RebuildOptions {
    private static final String BEFORE = "before_rebuild_options";
    private static final Set<String> LASTING = Set.of("configdrive");

    private final NodeStore nodes;

    RebuildOptions(NodeStore nodes) {
        this.nodes = nodes;
    }

    /** To be called in the transaction that begins the deploy. */
    void apply(Node node, Map<String, Object> options) {
        if (options.isEmpty()) {
            return;
        }
        Map<String, Object> info = new LinkedHashMap<>(node.instanceInfo().values());
        Map<String, Object> before = new LinkedHashMap<>();
        options.forEach((key, value) -> before.put(key, info.put(key, value)));
        before.keySet().removeAll(LASTING);
        nodes.saveInstanceInfo(node.uuid(), info);
        if (!before.isEmpty()) {
            Map<String, Object> internal = new LinkedHashMap<>(node.status().internalInfo());
            internal.put(BEFORE, before);
            nodes.saveInternalInfo(node.uuid(), internal);
        }
    }

    /** To be called in the transaction that ends the deploy, however it ended. */
    void drop(Node node) {
        if (!(node.status().internalInfo().get(BEFORE) instanceof Map<?, ?> before)) {
            return;
        }
        Map<String, Object> info = new LinkedHashMap<>(node.instanceInfo().values());
        before.forEach((key, value) -> Optional.<Object>ofNullable(value)
                .ifPresentOrElse(old -> info.put(String.valueOf(key), old), () -> info.remove(String.valueOf(key))));
        Map<String, Object> internal = new LinkedHashMap<>(node.status().internalInfo());
        internal.remove(BEFORE);
        nodes.saveInstanceInfo(node.uuid(), info);
        nodes.saveInternalInfo(node.uuid(), internal);
    }
}

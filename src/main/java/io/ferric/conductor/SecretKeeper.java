package io.ferric.conductor;

import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Masking;
import io.ferric.node.NodeSpec;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Puts secrets back where a client, which only ever sees them masked, has written the mask back. Thus reading a node,
 * changing something and writing it all back loses no password.
 */
final class SecretKeeper {
    private SecretKeeper() {}

    /** The new spec with every masked value replaced by what is stored. */
    static NodeSpec restore(NodeSpec stored, NodeSpec changed) {
        return changed.withDriverInfo(restore(
                        "driver_info",
                        stored.driverInfo().values(),
                        changed.driverInfo().values()))
                .withInstanceInfo(restore(
                        "instance_info",
                        stored.instanceInfo().values(),
                        changed.instanceInfo().values()))
                .withProperties(restore("properties", stored.properties(), changed.properties()));
    }

    /** As {@link #restore}, for a node of which nothing is stored: refuses masks. */
    static NodeSpec refuseMasks(NodeSpec spec) {
        return restore(NodeSpec.ofDriver(spec.driver()), spec);
    }

    private static Map<String, Object> restore(String path, Map<?, ?> stored, Map<?, ?> changed) {
        Map<String, Object> result = new LinkedHashMap<>();
        changed.forEach((key, value) -> {
            String name = String.valueOf(key);
            result.put(name, restore(path + "/" + name, name, stored.get(name), value));
        });
        return result;
    }

    private static Object restore(String path, String key, Object stored, Object changed) {
        if (stored != null && Objects.equals(changed, masked(key, stored))) {
            return stored;
        }
        if (changed instanceof Map<?, ?> map) {
            return restore(path, stored instanceof Map<?, ?> inner ? inner : Map.of(), map);
        }
        if (Masking.STARS.equals(changed) && Masking.isSecret(key)) {
            throw new InvalidRequest(
                    FaultCode.INVALID_PARAMETER_VALUE,
                    "'" + path + "' is " + Masking.STARS + ", which stands for a stored secret, but none is stored",
                    "Write the secret itself.");
        }
        return changed;
    }

    private static Object masked(String key, Object stored) {
        return Masking.mask(Map.of(key, stored)).get(key);
    }
}

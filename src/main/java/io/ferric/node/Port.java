package io.ferric.node;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A network interface of a server.
 *
 * @param address the MAC address, six pairs of hex digits with colons; kept in lower case
 * @param extra free-form values; {@code vif_port_id} marks the interface that carries the instance's traffic
 */
public record Port(
        UUID uuid,
        UUID nodeUuid,
        String address,
        Map<String, Object> extra,
        Instant createdAt,
        Optional<Instant> updatedAt) {
    private static final Pattern MAC = Pattern.compile("([0-9a-f]{2}:){5}[0-9a-f]{2}");

    /** Fails with {@link InvalidRequest} when the address is not a MAC address. */
    public Port {
        address = address.toLowerCase(Locale.ROOT).replace('-', ':');
        if (!MAC.matcher(address).matches()) {
            throw new InvalidRequest(
                    FaultCode.INVALID_PARAMETER_VALUE,
                    "Port address '" + address + "' is not a MAC address",
                    "Write six pairs of hex digits, such as 52:54:00:12:34:56.");
        }
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    public Port withExtra(Map<String, Object> changed) {
        return new Port(uuid, nodeUuid, address, changed, createdAt, updatedAt);
    }
}

package io.ferric.ilo;

import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.Generation;
import io.ferric.ilo.client.Identity;
import io.ferric.ilo.client.License;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an iLO was seen to be.
 *
 * @param authority the iLO's address and port: what stands there now may be another one
 * @param protocol in which it told its firmware, as people write it; empty when it did not
 * @param firmware empty when it did not tell
 * @param licenses empty when it did not tell; an empty list when it has none
 */
record Sighting(
        String authority, String protocol, Optional<Firmware> firmware, Optional<List<License>> licenses, Instant at) {

    Identity identity() {
        return firmware.map(each -> new Identity(Generation.of(each.processor()), each.version(), Optional.empty()))
                .orElse(Identity.UNKNOWN);
    }

    /** Told that it has no license that allows virtual media by URL. */
    boolean lacksMedia() {
        return licenses.filter(all -> all.stream().noneMatch(License::allowsVirtualMedia))
                .isPresent();
    }

    /** Such as {@code iLO 4 firmware 2.70}. */
    String who() {
        return identity().toString();
    }

    /** As JSON values, for the database. */
    Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("address", authority);
        map.put("protocol", protocol);
        firmware.ifPresent(each -> {
            map.put("processor", each.processor());
            map.put("firmware", each.version());
        });
        licenses.ifPresent(
                all -> map.put("licenses", all.stream().map(License::type).toList()));
        map.put("at", at.toString());
        return map;
    }

    static Sighting of(Map<?, ?> map) {
        return new Sighting(
                text(map, "address"),
                text(map, "protocol"),
                Optional.ofNullable(map.get("firmware"))
                        .map(version -> new Firmware(version.toString(), text(map, "processor"))),
                Optional.ofNullable(map.get("licenses")).map(Sighting::licenses),
                Instant.parse(text(map, "at")));
    }

    private static List<License> licenses(Object types) {
        return ((List<?>) types)
                .stream().map(type -> new License(type.toString())).toList();
    }

    private static String text(Map<?, ?> map, String key) {
        return String.valueOf(map.get(key));
    }
}

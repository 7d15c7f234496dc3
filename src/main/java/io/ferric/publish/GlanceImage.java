package io.ferric.publish;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * An image of Glance.
 *
 * @param properties all attributes by name, among them {@code kernel_id}, {@code ramdisk_id}, {@code boot_iso}
 * @param size of the stored file in bytes
 * @param checksum {@code sha512:<hex>} as {@code os_hash_algo} and {@code os_hash_value} say, else {@code md5:<hex>};
 *     empty when Glance has neither, or only one of an algorithm that we cannot check
 * @param diskFormat as declared by the owner, such as {@code raw}: a claim, to be compared with the content
 */
public record GlanceImage(
        String uuid,
        Map<String, String> properties,
        OptionalLong size,
        Optional<String> checksum,
        Optional<String> diskFormat) {
    /** Glance may be set to any algorithm of Python's hashlib; these are the ones the image room can check. */
    private static final Set<String> KNOWN_HASHES = Set.of("md5", "sha1", "sha256", "sha384", "sha512");

    private static final String ACTIVE = "active";

    public GlanceImage {
        properties = Map.copyOf(properties);
    }

    /** A property that is there and not empty. */
    public Optional<String> property(String name) {
        return Optional.ofNullable(properties.get(name)).filter(value -> !value.isBlank());
    }

    /** {@code active}, {@code queued}, {@code deactivated} ...: whether the content can be had. */
    public String status() {
        return property("status").orElse(ACTIVE);
    }

    public boolean active() {
        return status().equals(ACTIVE);
    }

    static GlanceImage of(String uuid, Map<String, String> attributes) {
        GlanceImage bare = new GlanceImage(uuid, attributes, OptionalLong.empty(), Optional.empty(), Optional.empty());
        OptionalLong size = bare.property("size")
                .filter(text -> text.matches("\\d{1,18}"))
                .map(text -> OptionalLong.of(Long.parseLong(text)))
                .orElse(OptionalLong.empty());
        return new GlanceImage(uuid, attributes, size, bare.hash(), bare.property("disk_format"));
    }

    private Optional<String> hash() {
        Optional<String> strong = property("os_hash_algo")
                .map(algorithm -> algorithm.toLowerCase(Locale.ROOT))
                .filter(KNOWN_HASHES::contains)
                .flatMap(algorithm -> property("os_hash_value").map(hex -> algorithm + ":" + hex));
        return strong.or(() -> property("checksum").map(hex -> "md5:" + hex));
    }
}

package io.ferric.deploy;

import io.ferric.image.Checksum;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a source says about an image before any byte of it is read. Immutable.
 *
 * @param size its bytes, when the source knows
 * @param checksum what they hash to, when the source vouches for it
 * @param diskFormat the format it is declared to have, such as {@code raw}
 * @param properties further facts: {@code kernel_id}, {@code ramdisk_id}, {@code boot_iso} of a Glance image;
 *     {@code version} changes when the bytes behind the reference do
 */
public record ImageMetadata(
        String reference,
        OptionalLong size,
        Optional<Checksum> checksum,
        Optional<String> diskFormat,
        Map<String, String> properties) {
    public ImageMetadata {
        properties = Map.copyOf(properties);
    }
}

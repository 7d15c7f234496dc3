package io.ferric.deploy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Settings of the image cache. Immutable.
 *
 * @param masterPath where one copy of each image is kept; empty for no cache, so that each deploy downloads its image
 * @param sizeMib how much the cache may hold of images that no deploy uses
 * @param ttl how long an image that no deploy uses is kept
 * @param maxImageMib the largest image that is fetched at all, and the largest content of one
 */
public record ImageCacheConfig(Optional<Path> masterPath, long sizeMib, Duration ttl, long maxImageMib) {
    public static ImageCacheConfig defaults() {
        return new ImageCacheConfig(
                Optional.of(Path.of("/var/lib/ferric/master_images")), 20_480, Duration.ofDays(7), 1_048_576);
    }

    /** The same, kept elsewhere. */
    public ImageCacheConfig withMasterPath(Path folder) {
        return new ImageCacheConfig(Optional.of(folder), sizeMib, ttl, maxImageMib);
    }

    /** The same without a cache. */
    public ImageCacheConfig withoutMaster() {
        return new ImageCacheConfig(Optional.empty(), sizeMib, ttl, maxImageMib);
    }

    /** The same with other limits on what is kept. */
    public ImageCacheConfig withLimits(long newSizeMib, Duration newTtl) {
        return new ImageCacheConfig(masterPath, newSizeMib, newTtl, maxImageMib);
    }

    /** The same with another limit on one image. */
    public ImageCacheConfig withMaxImageMib(long mib) {
        return new ImageCacheConfig(masterPath, sizeMib, ttl, mib);
    }
}

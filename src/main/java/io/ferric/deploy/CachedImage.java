package io.ferric.deploy;

import java.nio.file.Path;

/**
 * An image on our own disk, checked. Immutable.
 *
 * @param path the node's own name for it; never written to
 * @param size its bytes
 * @param sha256 what they hash to, in lower-case hexadecimal, computed while they came
 */
public record CachedImage(Path path, long size, String sha256) {
    /** The size in MiB, rounded up. */
    public long sizeMib() {
        return Mib.roundUp(size);
    }
}

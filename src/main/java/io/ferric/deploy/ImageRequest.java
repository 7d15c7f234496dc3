package io.ferric.deploy;

import io.ferric.image.Checksum;
import java.util.Optional;

/**
 * An image somebody wants. Immutable.
 *
 * @param reference where it is: {@code file://}, {@code http(s)://}, or what another source takes
 * @param checksum what its bytes must hash to, as the node declares it
 * @param diskFormat the format it is declared to have, such as {@code raw}
 * @param wholeDisk whether it shall be that of a whole disk, not of a root file system alone
 */
public record ImageRequest(
        String reference, Optional<Checksum> checksum, Optional<String> diskFormat, boolean wholeDisk) {
    /** The image of a root file system, or another file. */
    public ImageRequest(String reference, Optional<Checksum> checksum, Optional<String> diskFormat) {
        this(reference, checksum, diskFormat, false);
    }

    /** An image about which nothing is declared. */
    public static ImageRequest of(String reference) {
        return new ImageRequest(reference, Optional.empty(), Optional.empty());
    }

    /** The same, whose bytes must hash to this. */
    public ImageRequest withChecksum(Checksum expected) {
        return new ImageRequest(reference, Optional.of(expected), diskFormat, wholeDisk);
    }

    /** The same, declared to have this format. */
    public ImageRequest withDiskFormat(String format) {
        return new ImageRequest(reference, checksum, Optional.of(format), wholeDisk);
    }

    /** The same, as the image of a whole disk. */
    public ImageRequest ofWholeDisk() {
        return new ImageRequest(reference, checksum, diskFormat, true);
    }
}

package io.ferric.deploy;

import io.ferric.image.ImageFormat;
import io.ferric.image.ImageInfo;
import java.io.IOException;
import java.util.Set;

/**
 * Reads from the disk itself the UUID of the file system that was written there: what the kernel command line names as
 * root. Only ext2/3/4, xfs and btrfs count.
 */
final class RootUuid {
    private static final Set<ImageFormat> KNOWN = Set.of(ImageFormat.EXT, ImageFormat.XFS, ImageFormat.BTRFS);

    private RootUuid() {}

    /** As Linux writes it, lower-case with dashes; fails when there is none, for then the server could not boot. */
    static String read(Disk disk, Partition root) throws IOException {
        ImageInfo found = ImageInfo.inspect(new DiskWindow(disk, root.startBytes(), root.sizeBytes()));
        if (!KNOWN.contains(found.format()) || found.uuid().isEmpty()) {
            throw Faults.deploy(
                    "The root partition holds no file system with a UUID after writing (it looks like " + found.format()
                            + ")",
                    "Deploy an image of an ext2/3/4, xfs or btrfs root file system.");
        }
        return found.uuid().get();
    }
}

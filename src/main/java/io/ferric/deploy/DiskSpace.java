package io.ferric.deploy;

import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Makes room before something big is written: asks the caches on the same file system for just what is missing. */
final class DiskSpace {
    private final Volume volume;
    private final List<? extends Reclaimable> caches;

    DiskSpace(Volume volume, List<? extends Reclaimable> caches) {
        this.volume = volume;
        this.caches = caches.stream()
                .sorted(Comparator.comparingInt(Reclaimable::priority).reversed())
                .toList();
    }

    /** @throws OperationFailed with {@code InsufficientDiskSpace} when there is no room and none can be made */
    void ensure(Path folder, long needed) {
        try {
            for (Reclaimable cache : caches) {
                long missing = needed - volume.free(folder);
                if (missing > 0 && volume.device(cache.folder()).equals(volume.device(folder))) {
                    cache.reclaim(missing);
                }
            }
            long free = volume.free(folder);
            if (free < needed) {
                throw new OperationFailed(
                        FaultCode.INSUFFICIENT_DISK_SPACE,
                        "Disk volume where " + folder + " is located has " + free / Mib.BYTES + " MiB free, but "
                                + Mib.roundUp(needed) + " MiB are needed",
                        "Free some space there, or lower image_cache.size_mib; cached images that no deploy uses are"
                                + " gone already.");
            }
        } catch (IOException e) {
            throw Faults.storage("Looking for free space in " + folder, e);
        }
    }
}

package io.ferric.deploy;

import java.util.List;
import java.util.Optional;

/**
 * What a finished deploy left on the disk. Immutable.
 *
 * @param rootUuid UUID of the root file system, read back from the disk; empty for the image of a whole disk
 * @param imageSha256 what the image's file hashes to; its data, and samples of its empty stretches, were read back
 * @param bytesWritten bytes sent to the disk as data; runs of zeros that the disk made itself are not among them
 */
public record DeployedDisk(
        Optional<String> rootUuid, List<Partition> partitions, String imageSha256, long bytesWritten) {
    public DeployedDisk {
        partitions = List.copyOf(partitions);
    }
}

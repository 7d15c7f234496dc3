package io.ferric.deploy;

import java.util.Optional;

/**
 * What is to be deployed on a node, read from its {@code instance_info}. Immutable.
 *
 * @param rootMib size of the root partition; 0 for the image of a whole disk, as are the other sizes
 * @param swapMib size of the swap partition, 0 for none
 * @param ephemeralMib size of the ephemeral partition, 0 for none
 * @param ephemeralFormat its file system: ext2, ext3, ext4, xfs or vfat; there is one even when it is not used
 * @param preserveEphemeral whether the ephemeral partition that is there keeps what it holds
 * @param boot how the instance boots
 * @param configDrive what cloud-init is told by a partition of its own
 */
public record InstancePlan(
        ImageRequest image,
        long rootMib,
        long swapMib,
        long ephemeralMib,
        String ephemeralFormat,
        boolean preserveEphemeral,
        BootPlan boot,
        Optional<ConfigDrive> configDrive) {

    /** Whether the image is that of a whole disk, with partitions and boot loader of its own. */
    public boolean wholeDisk() {
        return image.wholeDisk();
    }

    /** Whether there is an ephemeral partition to be preserved. */
    boolean preserving() {
        return preserveEphemeral && ephemeralMib > 0;
    }
}

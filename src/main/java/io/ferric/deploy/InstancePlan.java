package io.ferric.deploy;

/**
 * What is to be deployed on a node, read from its {@code instance_info}. Immutable.
 *
 * @param rootMib size of the root partition
 * @param swapMib size of the swap partition, 0 for none
 * @param ephemeralMib size of the ephemeral partition, 0 for none
 * @param ephemeralFormat its file system: ext2, ext3, ext4, xfs or vfat; there is one even when it is not used
 * @param preserveEphemeral whether the ephemeral partition that is there keeps what it holds
 * @param wholeDisk whether the image is that of a whole disk, with partitions and boot loader of its own; the sizes of
 *     partitions are 0 then
 */
public record InstancePlan(
        ImageRequest image,
        long rootMib,
        long swapMib,
        long ephemeralMib,
        String ephemeralFormat,
        boolean preserveEphemeral,
        boolean wholeDisk) {}

package io.ferric.deploy;

/**
 * A stretch of the disk. Immutable.
 *
 * @param number its number in the partition table, from 1
 * @param startBytes where it begins, a multiple of 1 MiB
 */
public record Partition(int number, PartitionRole role, long startBytes, long sizeBytes) {
    /** Where the next one may begin. */
    public long endBytes() {
        return startBytes + sizeBytes;
    }
}

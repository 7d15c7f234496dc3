package io.ferric.iscsi;

/**
 * What a disk can do, as it says itself.
 *
 * @param blockSize bytes of a logical block
 * @param blocks number of logical blocks
 * @param maxTransfer most blocks that one READ or WRITE may move
 * @param zeroMethod the cheapest way to zeros that the disk promises
 * @param maxZero most blocks that one command of this way may cover
 */
record DiskProfile(
        DiskIdentity identity, int blockSize, long blocks, long maxTransfer, ZeroMethod zeroMethod, long maxZero) {
    /** How a range of a disk becomes zeros without sending them all. */
    enum ZeroMethod {
        /** WRITE SAME(16) of a block of zeros that the disk may deallocate, since deallocated blocks read as zeros. */
        WRITE_SAME_UNMAP,
        /** WRITE SAME(16) of a block of zeros. */
        WRITE_SAME,
        /** UNMAP, checked with GET LBA STATUS, since a disk may leave parts of it undone. */
        UNMAP,
        /** There is none. */
        NONE
    }

    long size() {
        return blocks * blockSize;
    }
}

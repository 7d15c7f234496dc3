package io.ferric.deploy;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What stands at the start of a disk to say where its partitions are. Immutable. */
sealed interface PartitionTable permits MbrTable, GptTable {
    /** What this kind of table is called. */
    String kind();

    /** The partitions, by number; what they are for is not told. */
    List<Partition> partitions();

    /** Whether this table has just the partitions of a plan, in the same places and for the same purposes. */
    boolean matches(PartitionPlan plan);

    /** Whether there is a partition that UEFI boots from. */
    boolean hasEfiSystem();

    /** Whether it takes no further partition. */
    boolean full();

    /** The same with one more partition, in the first free place of the table. */
    PartitionTable withConfigDrive(long startBytes, long sizeBytes, UUID id);

    /**
     * Writes it to a disk whose first block, with the boot code in it, stays otherwise what it is. Flushes so that
     * whenever the writing breaks off, a valid table is found, provided there was one or the disk was wiped.
     */
    void writeTo(Disk disk) throws IOException;

    /**
     * The table on a disk or image; empty when there is none.
     *
     * @throws BadTable when there is one that makes no sense
     */
    static Optional<PartitionTable> read(SeekableByteChannel disk, int blockSize) throws IOException {
        Optional<PartitionTable> gpt = GptTable.read(disk, blockSize).map(PartitionTable.class::cast);
        return gpt.isPresent() ? gpt : MbrTable.read(disk, blockSize).map(PartitionTable.class::cast);
    }
}

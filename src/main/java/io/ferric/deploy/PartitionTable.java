package io.ferric.deploy;

import java.io.IOException;
import java.util.List;

/** What stands at the start of a disk to say where its partitions are. */
sealed interface PartitionTable permits MbrTable {
    /**
     * A partition as a table knows it.
     *
     * @param type the table's own number for what it is for
     */
    record Entry(int number, int type, long startBytes, long sizeBytes) {}

    /** The partitions, by number. */
    List<Entry> entries();

    void writeTo(Disk disk) throws IOException;

    /** Whether this table has just the partitions of a plan, in the same places. */
    default boolean matches(PartitionPlan plan) {
        return entries()
                .equals(plan.partitions().stream()
                        .map(each ->
                                new Entry(each.number(), each.role().mbrType(), each.startBytes(), each.sizeBytes()))
                        .toList());
    }
}

package io.ferric.deploy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An extended partition: a chain of boot records, each of which tells of one logical partition, from its own place on,
 * and of the next record, from the extended partition's start on. Read without trust: no link is followed twice, none out
 * of the partition, and not more than {@value #MOST}.
 */
record ExtendedPartition(SeekableByteChannel disk, int blockSize, MbrTable.Entry place) {
    private static final int MOST = 128;

    /** Its logical partitions, numbered from this on. */
    List<MbrTable.Entry> logicals(int firstNumber) throws IOException {
        List<MbrTable.Entry> found = new ArrayList<>();
        Set<Long> seen = new HashSet<>();
        Optional<Long> next = Optional.of(place.startBytes());
        while (next.isPresent()) {
            long at = next.get();
            if (!seen.add(at) || seen.size() > MOST) {
                throw new BadTable("the records of its extended partition form a loop, or are too many");
            }
            List<MbrTable.Entry> record = record(at);
            for (MbrTable.Entry each : record) {
                if (!each.extended()) {
                    found.add(logical(firstNumber + found.size(), at, each));
                }
            }
            next = record.stream()
                    .filter(MbrTable.Entry::extended)
                    .map(each -> place.startBytes() + each.startBytes())
                    .findFirst();
        }
        return found;
    }

    private List<MbrTable.Entry> record(long at) throws IOException {
        if (at < place.startBytes() || at > place.endBytes() - MbrTable.SECTOR) {
            throw new BadTable("a record of its extended partition lies outside of that");
        }
        ByteBuffer sector = DiskIo.read(disk, at, MbrTable.SECTOR);
        // an extended partition that was never used holds no record at all
        return MbrTable.hasMagic(sector) ? MbrTable.entries(sector, blockSize) : List.of();
    }

    private MbrTable.Entry logical(int number, long recordAt, MbrTable.Entry told) throws BadTable {
        MbrTable.Entry logical =
                new MbrTable.Entry(number, told.type(), told.active(), recordAt + told.startBytes(), told.sizeBytes());
        if (logical.sizeBytes() == 0 || logical.endBytes() > place.endBytes()) {
            throw new BadTable("logical partition " + number + " leaves its extended partition");
        }
        return logical;
    }
}

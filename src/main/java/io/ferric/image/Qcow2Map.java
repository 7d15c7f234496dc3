package io.ferric.image;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.function.LongConsumer;

/**
 * Where in a qcow2 file the bytes of the disk lie. It is asked by place on the disk and holds no more than a small part
 * of the tables, so that whatever they contain can neither make it turn in circles nor grow. For one thread.
 */
final class Qcow2Map {
    private static final long OFFSET = 0x00FF_FFFF_FFFF_FE00L;
    private static final long COMPRESSED = 1L << 62;
    private static final long L1_RESERVED = 0x7F00_0000_0000_01FFL;
    private static final long L2_RESERVED = 0x3F00_0000_0000_01FEL;
    private static final long ZERO = 1;
    private static final int SECTOR = 512;

    private final Qcow2Header header;
    private final long fileSize;
    private final TableWindow l1;
    private final TableWindow l2;

    /** What is at a stretch of the disk. */
    enum Kind {
        ZEROS,
        /** As they are, in one piece of the file. */
        BYTES,
        /** One cluster, compressed. */
        COMPRESSED
    }

    /**
     * A stretch of the disk.
     *
     * @param file where its bytes begin in the file, compressed or not; 0 for zeros
     * @param stored how many bytes these are in the file
     */
    record Run(Kind kind, long start, long length, long file, long stored) {
        long end() {
            return start + length;
        }

        /** This one and the one behind it in one, if they are of a kind and lie behind each other. */
        boolean continues(Run next) {
            return kind == next.kind && kind != Kind.COMPRESSED && (kind == Kind.ZEROS || file + length == next.file);
        }

        Run with(Run next) {
            return new Run(kind, start, length + next.length, file, stored + next.stored);
        }
    }

    Qcow2Map(Qcow2Header header, FileChannel file) throws IOException {
        this.header = header;
        this.fileSize = file.size();
        this.l1 = new TableWindow(file);
        this.l2 = new TableWindow(file);
    }

    /**
     * Looks at all tables. No two of their entries may lead to the same place, so what they lead to is no more than the
     * file holds, which bounds the time this takes by the size of the file; only compressed clusters, which share their
     * sectors, are not counted.
     *
     * @param passed told how far it is on the disk
     */
    void check(LongConsumer passed) throws IOException {
        long range = 1L << header.l2RangeBits();
        long told = 0;
        long used = 0;
        for (long position = 0; position < header.size(); ) {
            boolean entered = (position & range - 1) == 0;
            used += entered && table(position) != 0 ? header.clusterSize() : 0;
            Run run = at(position);
            used += run.kind() == Kind.BYTES ? run.length() : 0;
            refuseIf(used > fileSize + header.clusterSize(), "tables", "lead to the same places again and again");
            position = run.end();
            if (position - told >= DiskImages.OFTEN) {
                told = position;
                passed.accept(Math.min(told, header.size()));
            }
        }
    }

    /**
     * The stretch in which a place lies, which begins there or before it and ends behind it; as long as one second table
     * tells, so it may be followed by another of its kind, and reach beyond the end of the disk.
     */
    Run at(long position) throws IOException {
        long range = 1L << header.l2RangeBits();
        long end = (position & -range) + range;
        long table = table(position);
        if (table == 0) {
            return new Run(Kind.ZEROS, position, end - position, 0, 0);
        }
        Run run = unit(position, table);
        while (run.end() < end) {
            Run next = unit(run.end(), table);
            if (!run.continues(next)) {
                break;
            }
            run = run.with(next);
        }
        return run;
    }

    private long table(long position) throws IOException {
        long index = position >>> header.l2RangeBits();
        long entry = l1.get(header.l1Offset() + index * Long.BYTES);
        long table = entry & OFFSET;
        refuseIf((entry & L1_RESERVED) != 0, "L1 entry " + index, "uses reserved bits");
        refuseIf(!header.aligned(table), "L2 table " + index, "does not begin at a cluster: byte " + table);
        refuseIf(
                table > 0 && table + header.clusterSize() > fileSize,
                "L2 table " + index,
                "lies beyond the end of the file");
        return table;
    }

    /** What the second table says about the cluster or subcluster at a position. */
    private Run unit(long position, long table) throws IOException {
        long index = position >>> header.clusterBits() & (1L << header.l2Bits()) - 1;
        long at = table + index * header.l2EntrySize();
        long entry = l2.get(at);
        long cluster = position & -header.clusterSize();
        if ((entry & COMPRESSED) != 0) {
            refuseIf(header.extended() && l2.get(at + 8) != 0, what(cluster), "is compressed and has subclusters");
            return compressed(cluster, entry);
        }
        refuseIf((entry & L2_RESERVED) != 0, what(cluster), "uses reserved bits");
        long start = position & -header.unitSize();
        boolean data = header.extended()
                ? isAllocated(l2.get(at + 8), (int) ((start - cluster) / header.unitSize()), entry, cluster)
                : !isZero(entry, cluster) && (entry & OFFSET) != 0;
        if (!data) {
            return new Run(Kind.ZEROS, start, header.unitSize(), 0, 0);
        }
        long file = entry & OFFSET;
        refuseIf(!header.aligned(file), what(cluster), "does not begin at a cluster of the file: byte " + file);
        refuseIf(file == 0 || file >= fileSize, what(cluster), "lies outside of the file: byte " + file);
        return new Run(Kind.BYTES, start, header.unitSize(), file + start - cluster, header.unitSize());
    }

    private boolean isZero(long entry, long cluster) throws IOException {
        refuseIf((entry & ZERO) != 0 && header.version() < 3, what(cluster), "uses reserved bits");
        return (entry & ZERO) != 0;
    }

    /** The low half of the map has a bit for each subcluster that is allocated, the high half for each that is zero. */
    private boolean isAllocated(long map, int subcluster, long entry, long cluster) throws IOException {
        refuseIf((entry & ZERO) != 0, what(cluster), "uses reserved bits");
        refuseIf((map & map >>> 32 & 0xFFFF_FFFFL) != 0, what(cluster), "has subclusters both allocated and zero");
        return (map >>> subcluster & 1) != 0;
    }

    /** The descriptor holds an offset, and above it how many sectors beyond the first one are touched. */
    private Run compressed(long cluster, long entry) throws IOException {
        int offsetBits = 62 - (header.clusterBits() - 8);
        long file = entry & (1L << offsetBits) - 1;
        long sectors = (entry & COMPRESSED - 1) >>> offsetBits;
        refuseIf(file == 0 || file >= fileSize, what(cluster), "lies outside of the file: byte " + file);
        long stored = Math.min((sectors + 1) * SECTOR - file % SECTOR, fileSize - file);
        return new Run(Kind.COMPRESSED, cluster, header.clusterSize(), file, stored);
    }

    private static String what(long cluster) {
        return "cluster at byte " + cluster + " of the disk";
    }

    private static void refuseIf(boolean condition, String what, String complaint) throws UnreadableImageException {
        if (condition) {
            throw new UnreadableImageException("its " + what + " " + complaint);
        }
    }
}

package io.ferric.deploy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A GUID partition table: an MBR that protects it, a header in the second block with a table of entries behind, and a
 * copy of both at the very end of the disk. Read from the front, fully checked; written for the disk at hand, so that
 * written to a larger disk its copy moves to that disk's end. Immutable. Source: UEFI specification 2.10, section 5.3.
 *
 * @param firstUsable the first block that partitions may take
 * @param entriesAt the block where the entries at the front begin
 * @param entryCount how many entries the table has, used or not
 * @param entries those in use, by number
 */
record GptTable(int blockSize, UUID diskId, long firstUsable, long entriesAt, int entryCount, List<GptEntry> entries)
        implements PartitionTable {
    private static final int USUAL_ENTRIES = 128;
    private static final int HEADER = 1;
    /** Behind the protecting MBR and the header. */
    private static final int USUAL_PLACE = 2;
    /** Kept free of partitions at either end, however few the entries. */
    private static final int LEAST_BYTES = 16_384;

    GptTable {
        entries = List.copyOf(entries);
    }

    /** A new table; all ids are random. */
    static GptTable of(PartitionPlan plan, int blockSize, SecureRandom random) {
        List<GptEntry> entries = plan.partitions().stream()
                .map(each -> entry(each, blockSize, RandomUuid.of(random)))
                .toList();
        long firstUsable = USUAL_PLACE + reservedBlocks(USUAL_ENTRIES, blockSize);
        return new GptTable(blockSize, RandomUuid.of(random), firstUsable, USUAL_PLACE, USUAL_ENTRIES, entries);
    }

    private static GptEntry entry(Partition partition, int blockSize, UUID id) {
        return new GptEntry(
                partition.number(),
                partition.role().gptType(),
                id,
                partition.startBytes() / blockSize,
                partition.endBytes() / blockSize - 1,
                0,
                partition.role().wireName());
    }

    /** Bytes at the end of a disk that the copy of a new table takes. */
    static long tail(int blockSize) {
        return (HEADER + reservedBlocks(USUAL_ENTRIES, blockSize)) * blockSize;
    }

    private static long reservedBlocks(int count, int blockSize) {
        return Math.max(entryBlocks(count, blockSize), LEAST_BYTES / blockSize);
    }

    private static long entryBlocks(int count, int blockSize) {
        return ((long) count * GptEntry.SIZE + blockSize - 1) / blockSize;
    }

    /**
     * The table at the front of a disk or image whose blocks have this size; empty when none is there, or the MBR does
     * not say that it counts.
     *
     * @throws BadTable when it is damaged, or its partitions overlap or leave the disk
     */
    static Optional<GptTable> read(SeekableByteChannel disk, int blockSize) throws IOException {
        boolean counts =
                MbrTable.read(disk, blockSize).filter(MbrTable::protective).isPresent();
        Optional<GptHeader> header = counts ? GptHeader.read(disk, HEADER, blockSize) : Optional.empty();
        return header.isPresent() ? Optional.of(read(disk, blockSize, header.get())) : Optional.empty();
    }

    private static GptTable read(SeekableByteChannel disk, int blockSize, GptHeader header) throws IOException {
        long blocks = disk.size() / blockSize;
        GptHeader.require(
                header.entriesAt() >= USUAL_PLACE
                        && header.firstUsable() >= header.entriesAt() + entryBlocks(header.entryCount(), blockSize)
                        && header.entriesAt() < blocks
                        && header.lastUsable() < blocks,
                "its header points outside the disk, or its parts overlap");
        GptHeader.require(
                header.entriesAt() <= Mib.BYTES / blockSize - entryBlocks(header.entryCount(), blockSize),
                "its entries lie beyond the first MiB, which is not read");
        ByteBuffer bytes = entries(disk, header, blockSize);
        GptHeader.require(header.entriesCrc() == GptHeader.crc(bytes), "the checksum of its entries is wrong");
        List<GptEntry> entries = new ArrayList<>();
        for (int i = 0; i < header.entryCount(); i++) {
            ByteBuffer entry = bytes.slice(i * GptEntry.SIZE, GptEntry.SIZE).order(ByteOrder.LITTLE_ENDIAN);
            GptEntry.decode(i + 1, entry).ifPresent(entries::add);
        }
        requireSound(entries, header);
        return new GptTable(
                blockSize, header.diskId(), header.firstUsable(), header.entriesAt(), header.entryCount(), entries);
    }

    private static ByteBuffer entries(SeekableByteChannel disk, GptHeader header, int blockSize) throws IOException {
        try {
            return DiskIo.read(disk, header.entriesAt() * blockSize, header.entryCount() * GptEntry.SIZE);
        } catch (EOFException e) {
            throw new BadTable("its entries are not where the header says");
        }
    }

    private static void requireSound(List<GptEntry> entries, GptHeader header) throws BadTable {
        long next = header.firstUsable();
        List<GptEntry> ascending = entries.stream()
                .sorted(Comparator.comparingLong(GptEntry::firstBlock))
                .toList();
        for (GptEntry each : ascending) {
            GptHeader.require(
                    each.firstBlock() >= next
                            && each.lastBlock() >= each.firstBlock()
                            && each.lastBlock() <= header.lastUsable(),
                    "partition " + each.number() + " overlaps another, or leaves the disk");
            next = each.lastBlock() + 1;
        }
    }

    @Override
    public String kind() {
        return "GPT";
    }

    @Override
    public List<Partition> partitions() {
        return entries.stream()
                .map(each -> new Partition(
                        each.number(),
                        PartitionRole.OTHER,
                        each.firstBlock() * blockSize,
                        (each.lastBlock() - each.firstBlock() + 1) * blockSize))
                .toList();
    }

    /** Ids, names and attributes do not matter. */
    @Override
    public boolean matches(PartitionPlan plan) {
        UUID none = new UUID(0, 0);
        return entries.stream()
                .map(each -> bare(each, none))
                .toList()
                .equals(plan.partitions().stream()
                        .map(each -> bare(entry(each, blockSize, none), none))
                        .toList());
    }

    private static GptEntry bare(GptEntry entry, UUID none) {
        return new GptEntry(entry.number(), entry.type(), none, entry.firstBlock(), entry.lastBlock(), 0, "");
    }

    @Override
    public boolean hasEfiSystem() {
        return entries.stream().anyMatch(each -> each.type().equals(PartitionRole.EFI_SYSTEM.gptType()));
    }

    @Override
    public boolean full() {
        return entries.size() == entryCount;
    }

    /** Bytes from where on this table's copy stands on a disk of this size. */
    long usableEnd(long diskBytes) {
        return (lastUsable(diskBytes / blockSize) + 1) * blockSize;
    }

    private long lastUsable(long diskBlocks) {
        return diskBlocks - 1 - HEADER - reservedBlocks(entryCount, blockSize);
    }

    @Override
    public GptTable withConfigDrive(long startBytes, long sizeBytes, UUID id) {
        int number = IntStream.rangeClosed(1, entryCount)
                .filter(free -> entries.stream().noneMatch(each -> each.number() == free))
                .findFirst()
                .orElseThrow();
        List<GptEntry> all = new ArrayList<>(entries);
        all.add(entry(new Partition(number, PartitionRole.CONFIG_DRIVE, startBytes, sizeBytes), blockSize, id));
        all.sort(Comparator.comparingInt(GptEntry::number));
        return new GptTable(blockSize, diskId, firstUsable, entriesAt, entryCount, all);
    }

    /** The copy comes first: while the table at the front is half written, the one at the end is whole. */
    @Override
    public void writeTo(Disk disk) throws IOException {
        long blocks = disk.size() / blockSize;
        long last = blocks - 1;
        ByteBuffer bytes = encodedEntries();
        long copyAt = lastUsable(blocks) + 1;
        DiskIo.write(disk, copyAt * blockSize, bytes.duplicate());
        DiskIo.write(disk, last * blockSize, header(last, HEADER, copyAt, bytes, blocks));
        disk.flush();
        DiskIo.write(disk, entriesAt * blockSize, bytes.duplicate());
        DiskIo.write(disk, (long) HEADER * blockSize, header(HEADER, last, entriesAt, bytes, blocks));
        DiskIo.write(disk, 0, MbrTable.protect(DiskIo.read(disk, 0, blockSize), blocks));
        disk.flush();
    }

    private ByteBuffer header(long place, long other, long entriesPlace, ByteBuffer bytes, long blocks) {
        int crc = GptHeader.crc(bytes.slice(0, entryCount * GptEntry.SIZE));
        return new GptHeader(place, other, firstUsable, lastUsable(blocks), diskId, entriesPlace, entryCount, crc)
                .encode(blockSize);
    }

    /** Whole blocks. */
    private ByteBuffer encodedEntries() {
        int length = (int) entryBlocks(entryCount, blockSize) * blockSize;
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        for (GptEntry each : entries) {
            each.encode(bytes.slice((each.number() - 1) * GptEntry.SIZE, GptEntry.SIZE)
                    .order(ByteOrder.LITTLE_ENDIAN));
        }
        return bytes;
    }
}

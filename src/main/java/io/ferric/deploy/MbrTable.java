package io.ferric.deploy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A master boot record: 446 bytes of boot code, of which the last six hold the disk signature, four entries of 16 bytes,
 * and {@code 55 AA}. Places are counted in blocks of the disk, 32 bits of them, so that disks of 512-byte blocks end at
 * 2 TiB. The old cylinder fields hold what says "look at the block numbers". Immutable.
 *
 * @param signature what tells this disk from others; PARTUUIDs begin with it
 * @param entries by number; those from 5 on stand in extended partitions and are never written
 */
record MbrTable(int signature, List<Entry> entries) implements PartitionTable {
    /** The type of the entry that protects a GPT. */
    static final int PROTECTIVE = 0xEE;

    static final int SECTOR = 512;
    static final int ENTRIES_AT = 446;
    static final int ENTRY_SIZE = 16;
    static final int MAX_ENTRIES = 4;
    static final long MAX_BLOCKS = 0xFFFF_FFFFL;

    private static final int SIGNATURE_AT = 440;
    private static final int MAGIC_AT = 510;
    private static final short MAGIC = (short) 0xAA55;
    private static final byte[] CHS_BEYOND = {(byte) 0xFE, (byte) 0xFF, (byte) 0xFF};

    /**
     * A partition as this table knows it.
     *
     * @param type what it is for
     * @param active whether old boot code starts it
     */
    record Entry(int number, int type, boolean active, long startBytes, long sizeBytes) {
        long endBytes() {
            return startBytes + sizeBytes;
        }

        /** Whether it only holds other partitions. */
        boolean extended() {
            return type == 0x05 || type == 0x0F || type == 0x85;
        }

        boolean logical() {
            return number > MAX_ENTRIES;
        }
    }

    MbrTable {
        entries = List.copyOf(entries);
        if (entries.stream().filter(each -> !each.logical()).count() > MAX_ENTRIES) {
            throw new IllegalArgumentException("an MBR has room for four partitions, not " + entries.size());
        }
    }

    static MbrTable of(PartitionPlan plan, int signature) {
        return new MbrTable(signature, entries(plan, false));
    }

    private static List<Entry> entries(PartitionPlan plan, boolean rootActive) {
        return plan.partitions().stream()
                .map(each -> new Entry(
                        each.number(),
                        each.role().mbrType(),
                        rootActive && each.role() == PartitionRole.ROOT,
                        each.startBytes(),
                        each.sizeBytes()))
                .toList();
    }

    /** The same whose root partition is active: some BIOSes boot from no disk without an active partition. */
    static MbrTable bootable(PartitionPlan plan, int signature) {
        return new MbrTable(signature, entries(plan, true));
    }

    /** Bytes that an MBR on a disk of this block size can speak of. */
    static long reach(int blockSize) {
        return MAX_BLOCKS * blockSize;
    }

    /** The table on a disk or image, without what stands in extended partitions; empty when there is none. */
    static Optional<MbrTable> read(SeekableByteChannel disk, int blockSize) throws IOException {
        if (disk.size() < SECTOR) {
            return Optional.empty();
        }
        ByteBuffer sector = DiskIo.read(disk, 0, SECTOR);
        return hasMagic(sector)
                ? Optional.of(new MbrTable(sector.getInt(SIGNATURE_AT), entries(sector, blockSize)))
                : Optional.empty();
    }

    static boolean hasMagic(ByteBuffer sector) {
        return sector.getShort(MAGIC_AT) == MAGIC;
    }

    /** What the four places of a boot record hold; their starts are as written, which need not be from the disk's. */
    static List<Entry> entries(ByteBuffer sector, int blockSize) {
        List<Entry> entries = new ArrayList<>();
        for (int number = 1; number <= MAX_ENTRIES; number++) {
            int at = at(number);
            int type = sector.get(at + 4) & 0xff;
            if (type != 0) {
                long start = sector.getInt(at + 8) & MAX_BLOCKS;
                long size = sector.getInt(at + 12) & MAX_BLOCKS;
                boolean active = sector.get(at) == (byte) 0x80;
                entries.add(new Entry(number, type, active, start * blockSize, size * blockSize));
            }
        }
        return entries;
    }

    private static int at(int number) {
        return ENTRIES_AT + (number - 1) * ENTRY_SIZE;
    }

    /** Whether it only protects a GPT, or stands beside one. */
    boolean protective() {
        return entries.stream().anyMatch(each -> each.type() == PROTECTIVE);
    }

    /** The same with what stands in its extended partitions. */
    MbrTable withLogicals(SeekableByteChannel disk, int blockSize) throws IOException {
        List<Entry> all = new ArrayList<>(entries);
        for (Entry each : entries) {
            if (each.extended()) {
                all.addAll(new ExtendedPartition(disk, blockSize, each)
                        .logicals(MAX_ENTRIES + 1 + all.size() - entries.size()));
            }
        }
        return new MbrTable(signature, all);
    }

    /**
     * Fails when partitions overlap or leave a disk of this size.
     *
     * @throws BadTable with what is wrong
     */
    void requireSound(long diskBytes) throws BadTable {
        List<Entry> primaries = entries.stream().filter(each -> !each.logical()).toList();
        requireApart(primaries);
        requireApart(entries.stream().filter(Entry::logical).toList());
        for (Entry each : primaries) {
            if (each.startBytes() == 0 || each.sizeBytes() == 0 || each.endBytes() > diskBytes) {
                throw new BadTable("partition " + each.number() + " lies at " + each.startBytes() + " to "
                        + each.endBytes() + ", which is not within the " + diskBytes + " bytes there are");
            }
        }
    }

    private static void requireApart(List<Entry> entries) throws BadTable {
        for (Entry one : entries) {
            for (Entry other : entries) {
                if (one.number() < other.number()
                        && one.startBytes() < other.endBytes()
                        && other.startBytes() < one.endBytes()) {
                    throw new BadTable("partitions " + one.number() + " and " + other.number() + " overlap");
                }
            }
        }
    }

    @Override
    public String kind() {
        return "MBR";
    }

    @Override
    public List<Partition> partitions() {
        return entries.stream()
                .map(each -> new Partition(each.number(), PartitionRole.OTHER, each.startBytes(), each.sizeBytes()))
                .toList();
    }

    @Override
    public boolean matches(PartitionPlan plan) {
        return inactive(entries).equals(entries(plan, false));
    }

    private static List<Entry> inactive(List<Entry> entries) {
        return entries.stream()
                .map(each -> new Entry(each.number(), each.type(), false, each.startBytes(), each.sizeBytes()))
                .toList();
    }

    @Override
    public boolean hasEfiSystem() {
        return entries.stream().anyMatch(each -> each.type() == PartitionRole.EFI_SYSTEM.mbrType());
    }

    @Override
    public boolean full() {
        return freeNumber().isEmpty();
    }

    private Optional<Integer> freeNumber() {
        return IntStream.rangeClosed(1, MAX_ENTRIES)
                .filter(number -> entries.stream().noneMatch(each -> each.number() == number))
                .boxed()
                .findFirst();
    }

    /** An MBR has no names for partitions: the id is not used. */
    @Override
    public MbrTable withConfigDrive(long startBytes, long sizeBytes, UUID id) {
        int number = freeNumber().orElseThrow();
        List<Entry> all = new ArrayList<>(entries);
        all.add(new Entry(number, PartitionRole.CONFIG_DRIVE.mbrType(), false, startBytes, sizeBytes));
        all.sort(Comparator.comparingInt(Entry::number));
        return new MbrTable(signature, all);
    }

    /** One block, which is written whole or not at all. What is there already is left as it is, byte for byte. */
    @Override
    public void writeTo(Disk disk) throws IOException {
        ByteBuffer block = DiskIo.read(disk, 0, disk.blockSize());
        List<Entry> there = hasMagic(block) ? entries(block, disk.blockSize()) : List.of();
        block.putInt(SIGNATURE_AT, signature);
        for (int number = 1; number <= MAX_ENTRIES; number++) {
            Optional<Entry> wanted = find(entries, number);
            if (!wanted.equals(find(there, number))) {
                put(block, number, wanted, disk.blockSize());
            }
        }
        block.putShort(MAGIC_AT, MAGIC);
        DiskIo.write(disk, 0, block);
        disk.flush();
    }

    private static Optional<Entry> find(List<Entry> entries, int number) {
        return entries.stream().filter(each -> each.number() == number).findFirst();
    }

    private static void put(ByteBuffer block, int number, Optional<Entry> entry, int blockSize) {
        block.put(at(number), new byte[ENTRY_SIZE]);
        entry.ifPresent(each -> {
            int at = at(number);
            block.put(at, (byte) (each.active() ? 0x80 : 0));
            block.put(at + 1, CHS_BEYOND);
            block.put(at + 4, (byte) each.type());
            block.put(at + 5, CHS_BEYOND);
            block.putInt(at + 8, blocks(each.startBytes(), blockSize));
            block.putInt(at + 12, blocks(each.sizeBytes(), blockSize));
        });
    }

    private static int blocks(long bytes, int blockSize) {
        long blocks = bytes / blockSize;
        if (blocks > MAX_BLOCKS || bytes % blockSize != 0) {
            throw new IllegalArgumentException(bytes + " bytes cannot be said in an MBR");
        }
        return (int) blocks;
    }

    /** The first block of a disk with a GPT: boot code and whatever other entries it has stay, the protection spans all. */
    static ByteBuffer protect(ByteBuffer block, long diskBlocks) {
        ByteBuffer protectedBlock = block.order(ByteOrder.LITTLE_ENDIAN);
        int number = hasMagic(block)
                ? entries(block, 1).stream()
                        .filter(each -> each.type() == PROTECTIVE)
                        .map(Entry::number)
                        .findFirst()
                        .orElse(1)
                : 1;
        boolean hybrid = hasMagic(block) && entries(block, 1).stream().anyMatch(each -> each.type() != PROTECTIVE);
        if (!hybrid) {
            int at = at(number);
            // 00 02 00 is cylinder 0, head 0, sector 2: the block of the GPT's header
            block.put(at, new byte[] {block.get(at), 0, 2, 0, (byte) PROTECTIVE, -1, -1, -1});
            block.putInt(at + 8, 1);
            block.putInt(at + 12, (int) Math.min(MAX_BLOCKS, diskBlocks - 1));
        }
        return protectedBlock.putShort(MAGIC_AT, MAGIC);
    }
}

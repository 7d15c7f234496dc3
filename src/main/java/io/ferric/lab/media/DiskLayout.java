package io.ferric.lab.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The partition table of a disk and what the partitions hold.
 *
 * @param label {@code msdos}, {@code gpt} or {@code none}
 */
public record DiskLayout(String label, List<Part> parts) {
    private static final int SECTOR = 512;
    private static final int MAX_GPT_ENTRIES = 256;
    private static final int EFI_SYSTEM_MBR = 0xEF;
    /** C12A7328-F81F-11D2-BA4B-00A0C93EC93B as its bytes lie on the disk, read in two halves. */
    private static final long EFI_SYSTEM_GPT_LOW = 0x11D2F81FC12A7328L;

    private static final long EFI_SYSTEM_GPT_HIGH = 0x3BC93EC9A0004BBAL;

    public DiskLayout {
        parts = List.copyOf(parts);
    }

    /**
     * A partition.
     *
     * @param start in bytes
     * @param size in bytes
     * @param bootable marked active in an MBR
     * @param efiSystem typed as EFI system partition
     */
    public record Part(
            int number, long start, long size, boolean bootable, boolean efiSystem, Optional<Filesystem> filesystem) {}

    /** Reads the table, and the superblock in each partition. */
    public static DiskLayout read(Blocks disk) throws IOException {
        ByteBuffer mbr = disk.at(0, SECTOR);
        if ((mbr.getShort(510) & 0xFFFF) != 0xAA55) {
            return new DiskLayout("none", List.of());
        }
        boolean gpt = (mbr.get(446 + 4) & 0xFF) == 0xEE;
        return gpt ? new DiskLayout("gpt", gptParts(disk)) : new DiskLayout("msdos", mbrParts(disk, mbr));
    }

    /** The partition whose file system has this UUID, in any case. */
    public Optional<Part> withUuid(String uuid) {
        return parts.stream()
                .filter(part -> part.filesystem()
                        .filter(fs -> fs.uuid().equalsIgnoreCase(uuid))
                        .isPresent())
                .findFirst();
    }

    private static List<Part> mbrParts(Blocks disk, ByteBuffer mbr) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int at = 446 + 16 * i;
            if (mbr.get(at + 4) != 0) {
                long start = (mbr.getInt(at + 8) & 0xFFFFFFFFL) * SECTOR;
                long size = (mbr.getInt(at + 12) & 0xFFFFFFFFL) * SECTOR;
                boolean bootable = (mbr.get(at) & 0x80) != 0;
                boolean efiSystem = (mbr.get(at + 4) & 0xFF) == EFI_SYSTEM_MBR;
                parts.add(part(disk, new Part(i + 1, start, size, bootable, efiSystem, Optional.empty())));
            }
        }
        return parts;
    }

    private static List<Part> gptParts(Blocks disk) throws IOException {
        ByteBuffer header = disk.at(SECTOR, SECTOR);
        if (header.getLong(0) != 0x5452415020494645L) {
            throw new MediaException("the MBR promises a GPT and there is none");
        }
        int entries = header.getInt(80);
        int entrySize = header.getInt(84);
        if (entries < 0 || entries > MAX_GPT_ENTRIES || entrySize < 128 || entrySize > 4096) {
            throw new MediaException("a GPT of " + entries + " entries of " + entrySize + " bytes");
        }
        ByteBuffer table = disk.at(header.getLong(72) * SECTOR, entries * entrySize);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            int at = i * entrySize;
            if (table.getLong(at) != 0 || table.getLong(at + 8) != 0) {
                long first = table.getLong(at + 32);
                long last = table.getLong(at + 40);
                boolean efiSystem =
                        table.getLong(at) == EFI_SYSTEM_GPT_LOW && table.getLong(at + 8) == EFI_SYSTEM_GPT_HIGH;
                long size = (last - first + 1) * SECTOR;
                parts.add(part(disk, new Part(i + 1, first * SECTOR, size, false, efiSystem, Optional.empty())));
            }
        }
        return parts;
    }

    /** The same with its file system, if it is where a partition can be. */
    private static Part part(Blocks disk, Part claimed) throws IOException {
        long start = claimed.start();
        long size = claimed.size();
        if (start <= 0 || size <= 0 || start > disk.size() - size) {
            throw new MediaException("partition " + claimed.number() + " is not on the disk");
        }
        Optional<Filesystem> filesystem = Filesystem.probe(disk.part(start, size));
        return new Part(claimed.number(), start, size, claimed.bootable(), claimed.efiSystem(), filesystem);
    }
}

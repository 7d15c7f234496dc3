package io.ferric.image;

import java.util.List;
import java.util.stream.Stream;

/**
 * Where the parts of a FAT12 or FAT16 volume lie. All sizes but {@code rootEntries} are in sectors of 512 bytes: one
 * boot sector, two equal FATs, the root folder, then clusters.
 *
 * @param sectors the whole volume
 * @param bits 12 or 16
 * @param clusterSectors sectors of a cluster
 * @param rootEntries entries of 32 bytes in the root folder
 * @param fatSectors sectors of one FAT
 * @param drive what a floppy drive or disk of this size looks like
 */
record FatGeometry(long sectors, int bits, int clusterSectors, int rootEntries, int fatSectors, Drive drive) {
    static final int SECTOR = 512;
    static final int ENTRY = 32;
    static final long LARGEST = 2L * 1024 * 1024 * 1024 - SECTOR;

    private static final int FATS = 2;
    private static final int BOOT_SECTORS = 1;
    private static final int MOST_ROOT_ENTRIES = 65_520;
    private static final int ENTRIES_PER_SECTOR = SECTOR / ENTRY;

    /** Media byte, tracks geometry and the customary layout of a drive. */
    record Drive(long sectors, int media, int sectorsPerTrack, int heads, int clusterSectors, int rootEntries) {}

    private static final List<Drive> FLOPPIES = List.of(
            new Drive(720, 0xFD, 9, 2, 2, 112),
            new Drive(1440, 0xF9, 9, 2, 2, 112),
            new Drive(2400, 0xF9, 15, 2, 1, 224),
            new Drive(2880, 0xF0, 18, 2, 1, 224),
            new Drive(5760, 0xF0, 36, 2, 2, 240));
    private static final Drive SMALL = new Drive(0, 0xF8, 32, 2, 1, 112);
    private static final Drive DISK = new Drive(0, 0xF8, 63, 255, 1, 512);
    private static final long SMALL_SECTORS = 8192;

    /** Tried in this order; the first whose clusters can be numbered is taken. FAT16 is safely beyond its least count. */
    private static final List<int[]> BITS_AND_CLUSTER_SECTORS = List.of(
            new int[] {12, 1},
            new int[] {12, 2},
            new int[] {12, 4},
            new int[] {16, 1},
            new int[] {16, 2},
            new int[] {16, 4},
            new int[] {16, 8},
            new int[] {16, 16},
            new int[] {16, 32},
            new int[] {16, 64});

    /** The layout of a volume with at least so many sectors and entries in its root folder. */
    static FatGeometry of(long sectors, int rootEntriesNeeded) throws ImageCreationException {
        Drive drive = FLOPPIES.stream()
                .filter(floppy -> floppy.sectors() == sectors)
                .findFirst()
                .orElse(sectors <= SMALL_SECTORS ? SMALL : DISK);
        int rootEntries = Math.max(drive.rootEntries(), roundUp(rootEntriesNeeded));
        if (rootEntries > MOST_ROOT_ENTRIES) {
            throw new ImageCreationException("the root folder needs " + rootEntries + " entries, FAT has "
                    + MOST_ROOT_ENTRIES + "; cure: put the files into sub-folders");
        }
        return BITS_AND_CLUSTER_SECTORS.stream()
                .flatMap(choice -> choice[1] < drive.clusterSectors()
                        ? Stream.empty()
                        : Stream.of(fit(sectors, choice[0], choice[1], rootEntries, drive)))
                .filter(FatGeometry::countsClusters)
                .findFirst()
                .orElseThrow(() -> tooLarge(sectors));
    }

    static ImageCreationException tooLarge(long sectors) {
        return new ImageCreationException(
                "the files need " + sectors * SECTOR + " bytes, FAT16 holds at most " + LARGEST + " bytes");
    }

    private static FatGeometry fit(long sectors, int bits, int clusterSectors, int rootEntries, Drive drive) {
        int fat = 1;
        while (fat < 256
                && bytesFor(new FatGeometry(sectors, bits, clusterSectors, rootEntries, fat, drive)) > fat * SECTOR) {
            fat++;
        }
        return new FatGeometry(sectors, bits, clusterSectors, rootEntries, fat, drive);
    }

    private static long bytesFor(FatGeometry geometry) {
        return ((geometry.clusters() + 2) * geometry.bits() + 7) / 8;
    }

    private static int roundUp(int entries) {
        return (entries + ENTRIES_PER_SECTOR - 1) / ENTRIES_PER_SECTOR * ENTRIES_PER_SECTOR;
    }

    private boolean countsClusters() {
        return clusters() <= (bits == 12 ? 4084 : 65_524);
    }

    /** Clusters that can hold data; they are numbered from 2. */
    long clusters() {
        return Math.max(0, sectors - dataSector()) / clusterSectors;
    }

    int clusterBytes() {
        return clusterSectors * SECTOR;
    }

    int rootSector() {
        return BOOT_SECTORS + FATS * fatSectors;
    }

    int dataSector() {
        return rootSector() + rootEntries / ENTRIES_PER_SECTOR;
    }

    /** Where a cluster begins, in bytes. */
    long offset(int cluster) {
        return (long) dataSector() * SECTOR + (cluster - 2L) * clusterBytes();
    }
}

package io.ferric.image;

import java.util.List;

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
    private static final int MOST_FAT_SECTORS = 256;
    private static final int ENTRIES_PER_SECTOR = SECTOR / ENTRY;

    /** Media byte, tracks and customary layout of a drive. */
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

    /** Width of the numbers in a FAT, and sectors of a cluster. */
    private record Shape(int bits, int clusterSectors) {
        int mostClusters() {
            return bits == 12 ? 4084 : 65_524;
        }
    }

    /** Tried in this order; the first that can number all clusters is taken, which for FAT16 are never too few. */
    private static final List<Shape> SHAPES = List.of(
            new Shape(12, 1),
            new Shape(12, 2),
            new Shape(12, 4),
            new Shape(16, 1),
            new Shape(16, 2),
            new Shape(16, 4),
            new Shape(16, 8),
            new Shape(16, 16),
            new Shape(16, 32),
            new Shape(16, 64));

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
        for (Shape shape : SHAPES) {
            FatGeometry geometry = fit(sectors, shape, rootEntries, drive);
            if (shape.clusterSectors() >= drive.clusterSectors() && geometry.clusters() <= shape.mostClusters()) {
                return geometry;
            }
        }
        throw tooLarge(sectors);
    }

    static ImageCreationException tooLarge(long sectors) {
        return new ImageCreationException(
                "the files need " + sectors * SECTOR + " bytes, FAT16 holds at most " + LARGEST + " bytes");
    }

    /** The smallest FAT that has a number for each cluster it leaves room for. */
    private static FatGeometry fit(long sectors, Shape shape, int rootEntries, Drive drive) {
        int fatSectors = 0;
        FatGeometry geometry;
        do {
            fatSectors++;
            geometry = new FatGeometry(sectors, shape.bits(), shape.clusterSectors(), rootEntries, fatSectors, drive);
        } while (fatSectors < MOST_FAT_SECTORS && geometry.fatBytes() > fatSectors * SECTOR);
        return geometry;
    }

    private long fatBytes() {
        return ((clusters() + 2) * bits + 7) / 8;
    }

    private static int roundUp(int entries) {
        return (entries + ENTRIES_PER_SECTOR - 1) / ENTRIES_PER_SECTOR * ENTRIES_PER_SECTOR;
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

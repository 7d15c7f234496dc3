package io.ferric.lab.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where the parts of a FAT volume are, from its boot sector; positions in bytes from the start of the volume.
 *
 * @param bits 12, 16 or 32, by the number of clusters as the specification demands
 * @param label the label in the boot sector
 */
record FatLayout(
        int bits,
        long fatStart,
        long rootStart,
        int rootEntries,
        long rootCluster,
        long dataStart,
        int clusterBytes,
        long clusters,
        Optional<String> label) {

    static FatLayout of(ByteBuffer boot, long mediumSize) throws MediaException {
        int sector = boot.getShort(11) & 0xFFFF;
        int perCluster = boot.get(13) & 0xFF;
        int reserved = boot.getShort(14) & 0xFFFF;
        int fats = boot.get(16) & 0xFF;
        int rootEntries = boot.getShort(17) & 0xFFFF;
        long total = boot.getShort(19) != 0 ? boot.getShort(19) & 0xFFFF : boot.getInt(32) & 0xFFFFFFFFL;
        long fatSectors = boot.getShort(22) != 0 ? boot.getShort(22) & 0xFFFF : boot.getInt(36) & 0xFFFFFFFFL;
        require((boot.getShort(510) & 0xFFFF) == 0xAA55, "no boot sector signature");
        require(Integer.bitCount(sector) == 1 && sector >= 512 && sector <= 4096, "sectors of " + sector + " bytes");
        require(Integer.bitCount(perCluster) == 1, "clusters of " + perCluster + " sectors");
        require(reserved > 0 && fats > 0 && fatSectors > 0, "no FAT");
        require(total * sector <= mediumSize, total + " sectors on a medium of " + mediumSize + " bytes");
        long rootStart = (reserved + fats * fatSectors) * sector;
        long dataStart = rootStart + ((rootEntries * 32L + sector - 1) / sector) * sector;
        require(dataStart < total * sector, "no room for data");
        long clusters = (total * sector - dataStart) / ((long) perCluster * sector);
        int bits = clusters < 4085 ? 12 : clusters < 65525 ? 16 : 32;
        require((clusters + 2) * bits <= fatSectors * sector * 8, "a FAT too short for " + clusters + " clusters");
        require((bits == 32) == (rootEntries == 0), rootEntries + " root entries with FAT" + bits);
        return new FatLayout(
                bits,
                (long) reserved * sector,
                rootStart,
                rootEntries,
                boot.getInt(44) & 0x0FFFFFFF,
                dataStart,
                perCluster * sector,
                clusters,
                label(boot, bits == 32 ? 66 : 38));
    }

    private static Optional<String> label(ByteBuffer boot, int extended) {
        byte[] bytes = new byte[11];
        boot.get(extended + 5, bytes);
        String label = new String(bytes, StandardCharsets.ISO_8859_1).stripTrailing();
        boolean there = boot.get(extended) == 0x29 && !label.isEmpty() && !label.equals("NO NAME");
        return there ? Optional.of(label) : Optional.empty();
    }

    private static void require(boolean condition, String complaint) throws MediaException {
        if (!condition) {
            throw new MediaException("not a FAT volume: " + complaint);
        }
    }

    boolean isData(long cluster) {
        return cluster >= 2 && cluster < clusters + 2;
    }

    boolean isEnd(long cluster) {
        return cluster >= (bits == 12 ? 0xFF8 : bits == 16 ? 0xFFF8 : 0x0FFFFFF8);
    }

    long clusterStart(long cluster) {
        return dataStart + (cluster - 2) * clusterBytes;
    }
}

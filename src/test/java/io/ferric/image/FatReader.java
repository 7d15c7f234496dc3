package io.ferric.image;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads a FAT12 or FAT16 image on its own terms, sharing no code with the writer, and complains of all that fsck would
 * complain of: unequal FATs, crossed or endless chains, long names whose check byte is wrong, equal short names.
 */
final class FatReader {
    final Map<String, byte[]> files = new TreeMap<>();
    final Map<String, String> shortNames = new TreeMap<>();
    String rootLabel = "";
    final String bootLabel;
    final int serial;
    final int bits;
    final int media;
    final int sectorsPerTrack;
    final int heads;
    final int rootEntries;
    final int clusterSectors;
    final int fatSectors;

    private final ByteBuffer image;
    private final int dataStart;
    private final int clusters;
    private final Set<Integer> seen = new HashSet<>();

    FatReader(Path file) throws IOException {
        image = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        require(unsigned(11) == 512 && (image.get(510) & 0xFF) == 0x55 && (image.get(511) & 0xFF) == 0xAA, "no FAT");
        clusterSectors = image.get(13);
        int reserved = unsigned(14);
        rootEntries = unsigned(17);
        int total = unsigned(19) != 0 ? unsigned(19) : image.getInt(32);
        require((long) total * 512 == image.capacity(), "size of the file differs from that of the volume");
        media = image.get(21) & 0xFF;
        fatSectors = unsigned(22);
        sectorsPerTrack = unsigned(24);
        heads = unsigned(26);
        serial = image.getInt(39);
        bootLabel = ascii(43, 11);
        int rootStart = (reserved + 2 * fatSectors) * 512;
        dataStart = rootStart + rootEntries * 32;
        clusters = (image.capacity() - dataStart) / 512 / clusterSectors;
        bits = clusters < 4085 ? 12 : 16;
        require(ascii(54, 8).equals("FAT" + bits), "type in the boot sector");
        byte[] all = image.array();
        require(
                Arrays.equals(
                        Arrays.copyOfRange(all, reserved * 512, (reserved + fatSectors) * 512),
                        Arrays.copyOfRange(all, (reserved + fatSectors) * 512, rootStart)),
                "the FATs differ");
        require((next(0) & 0xFF) == media, "media byte in the FAT");
        readFolder(Arrays.copyOfRange(all, rootStart, dataStart), "", 0, 0);
        for (int cluster = 2; cluster < clusters + 2; cluster++) {
            require(next(cluster) == 0 || seen.contains(cluster), "lost cluster " + cluster);
        }
    }

    private void readFolder(byte[] bytes, String path, int own, int parent) {
        ByteBuffer entries = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        Set<String> names = new HashSet<>();
        StringBuilder longName = new StringBuilder();
        int expectedPart = 0;
        int check = -1;
        for (int at = 0; at + 32 <= bytes.length && bytes[at] != 0; at += 32) {
            int attributes = bytes[at + 11];
            if (attributes == 0x0F) {
                int part = bytes[at] & 0x3F;
                if ((bytes[at] & 0x40) != 0) {
                    longName.setLength(0);
                    check = bytes[at + 13] & 0xFF;
                } else {
                    require(part == expectedPart, "order of long entries");
                }
                require(check == (bytes[at + 13] & 0xFF), "check bytes of one name differ");
                longName.insert(0, characters(entries, at));
                expectedPart = part - 1;
                continue;
            }
            String shortName = new String(bytes, at, 11, StandardCharsets.US_ASCII);
            require(names.add(shortName), "short name twice: " + shortName);
            int cluster = Short.toUnsignedInt(entries.getShort(at + 26));
            if ((attributes & 0x08) != 0) {
                require(path.isEmpty(), "label outside of the root");
                rootLabel = shortName;
                continue;
            }
            if (shortName.startsWith(".")) {
                require(cluster == (shortName.startsWith("..") ? parent : own), "cluster of " + shortName);
                continue;
            }
            if (longName.length() > 0) {
                require(expectedPart == 0 && check == sum(bytes, at), "long name of " + shortName);
            }
            String name = longName.length() > 0 ? longName.toString() : plain(shortName);
            longName.setLength(0);
            expectedPart = 0;
            shortNames.put(path + name, shortName);
            if ((attributes & 0x10) != 0) {
                require(entries.getInt(at + 28) == 0, "size of a folder");
                readFolder(chain(cluster), path + name + "/", cluster, own);
            } else {
                int size = entries.getInt(at + 28);
                byte[] data = size == 0 ? new byte[0] : chain(cluster);
                int clusterSize = clusterSectors * 512;
                require(data.length == (size + clusterSize - 1) / clusterSize * clusterSize, "chain of " + name);
                files.put(path + name, Arrays.copyOf(data, size));
            }
        }
    }

    private static String characters(ByteBuffer entries, int at) {
        StringBuilder text = new StringBuilder();
        for (int offset : new int[] {1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30}) {
            char c = entries.getChar(at + offset);
            if (c == 0) {
                break;
            }
            text.append(c);
        }
        return text.toString();
    }

    private static int sum(byte[] bytes, int at) {
        int sum = 0;
        for (int i = 0; i < 11; i++) {
            sum = (((sum & 1) != 0 ? 0x80 : 0) + (sum >> 1) + (bytes[at + i] & 0xFF)) & 0xFF;
        }
        return sum;
    }

    private static String plain(String shortName) {
        String extension = shortName.substring(8).trim();
        return shortName.substring(0, 8).trim() + (extension.isEmpty() ? "" : "." + extension);
    }

    private byte[] chain(int first) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int size = clusterSectors * 512;
        int end = bits == 12 ? 0xFF8 : 0xFFF8;
        for (int cluster = first; cluster < end; cluster = next(cluster)) {
            require(cluster >= 2 && cluster < clusters + 2, "cluster " + cluster + " does not exist");
            require(seen.add(cluster), "cluster " + cluster + " belongs to two chains");
            data.write(image.array(), dataStart + (cluster - 2) * size, size);
        }
        return data.toByteArray();
    }

    private int next(int cluster) {
        int fat = unsigned(14) * 512;
        if (bits == 16) {
            return unsigned(fat + cluster * 2);
        }
        int pair = unsigned(fat + cluster + cluster / 2);
        return cluster % 2 == 0 ? pair & 0xFFF : pair >> 4;
    }

    private int unsigned(int at) {
        return Short.toUnsignedInt(image.getShort(at));
    }

    private String ascii(int at, int length) {
        return new String(image.array(), at, length, StandardCharsets.US_ASCII).trim();
    }

    private static void require(boolean condition, String complaint) {
        if (!condition) {
            throw new AssertionError(complaint);
        }
    }
}

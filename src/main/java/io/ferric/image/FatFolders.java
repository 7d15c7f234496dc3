package io.ferric.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Encodes the folders of a FAT volume, all entries with one time stamp (Microsoft FAT specification 1.03). */
final class FatFolders {
    private static final int VOLUME_LABEL = 0x08;
    private static final int FOLDER = 0x10;
    private static final int ARCHIVE = 0x20;
    private static final int LONG_NAME = 0x0F;
    private static final int LAST_LONG_ENTRY = 0x40;

    private final FatTime time;

    FatFolders(FatTime time) {
        this.time = time;
    }

    /** The root folder, which begins with the label. */
    byte[] root(FatNode root, String label) {
        ByteBuffer entries = allocate(root);
        put(entries, padded(label), VOLUME_LABEL, 0, 0);
        return children(root, entries);
    }

    /** Any other folder, which begins with itself and its parent. */
    byte[] below(FatNode folder, FatNode parent) {
        ByteBuffer entries = allocate(folder);
        put(entries, padded("."), FOLDER, folder.firstCluster(), 0);
        put(entries, padded(".."), FOLDER, parent.firstCluster(), 0);
        return children(folder, entries);
    }

    private static ByteBuffer allocate(FatNode folder) {
        return ByteBuffer.allocate(folder.entries() * FatGeometry.ENTRY).order(ByteOrder.LITTLE_ENDIAN);
    }

    private byte[] children(FatNode folder, ByteBuffer entries) {
        for (FatNode child : folder.children) {
            for (int part = child.longEntries(); part > 0; part--) {
                putLong(entries, child, part);
            }
            int attributes = child.isFolder() ? FOLDER : ARCHIVE;
            put(entries, child.shortName, attributes, child.firstCluster(), child.fileSize());
        }
        return entries.array();
    }

    private void put(ByteBuffer entries, byte[] shortName, int attributes, int cluster, long size) {
        entries.put(shortName).put((byte) attributes).put((byte) 0).put((byte) 0);
        entries.putShort((short) time.time()).putShort((short) time.date()).putShort((short) time.date());
        entries.putShort((short) 0).putShort((short) time.time()).putShort((short) time.date());
        entries.putShort((short) cluster).putInt((int) size);
    }

    /** A long name's part of thirteen UTF-16 characters; behind the name comes one 0, then 0xFFFF. */
    private static void putLong(ByteBuffer entries, FatNode node, int part) {
        int at = entries.position();
        boolean last = part == node.longEntries();
        entries.put(at, (byte) (last ? part | LAST_LONG_ENTRY : part));
        entries.put(at + 11, (byte) LONG_NAME);
        entries.put(at + 13, (byte) FatNames.checksum(node.shortName));
        for (int i = 0; i < FatNode.CHARACTERS_PER_ENTRY; i++) {
            int index = (part - 1) * FatNode.CHARACTERS_PER_ENTRY + i;
            int length = node.name.length();
            char character = index < length ? node.name.charAt(index) : index == length ? (char) 0 : (char) 0xFFFF;
            int offset = i < 5 ? 1 + 2 * i : i < 11 ? 14 + 2 * (i - 5) : 28 + 2 * (i - 11);
            entries.putChar(at + offset, character);
        }
        entries.position(at + FatGeometry.ENTRY);
    }

    private static byte[] padded(String name) {
        return String.format("%-11s", name).getBytes(StandardCharsets.US_ASCII);
    }
}

package io.ferric.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The POSIX names, modes and times behind the directory records of an ISO image (SUSP 1.10 and RRIP 1.10). Everything
 * belongs to root and is read-only. What does not fit a record lies in the continuation area. Not thread safe.
 */
final class RockRidge {
    static final int LONGEST_NAME = 250;

    private static final int LONGEST_NAME_IN_RECORD = 100;
    private static final int FOLDER_MODE = 0040555;
    private static final int FILE_MODE = 0100444;
    private static final int MODIFY_ACCESS_ATTRIBUTES = 0x0E;

    private static final String EXTENSION = "RRIP_1991A";
    private static final String DESCRIPTION =
            "THE ROCK RIDGE INTERCHANGE PROTOCOL PROVIDES SUPPORT FOR POSIX FILE SYSTEM SEMANTICS";
    private static final String SOURCE = "PLEASE CONTACT DISC PUBLISHER FOR SPECIFICATION SOURCE.  SEE PUBLISHER"
            + " IDENTIFIER IN PRIMARY VOLUME DESCRIPTOR FOR CONTACT INFORMATION.";

    /** A piece of the continuation area, by its offset from the area's begin. */
    private record Place(int offset, int length) {}

    private final byte[] times;
    private final ByteArrayOutputStream area = new ByteArrayOutputStream();
    private final Place extensionReference;
    private final Map<IsoNode, Place> longNames = new IdentityHashMap<>();
    private long areaBlock;

    RockRidge(IsoNode root, IsoTime time) {
        this.times = times(time);
        this.extensionReference = keep(extensionReference());
        keepLongNames(root);
    }

    long areaBlocks() {
        return IsoNode.blocks(area.size());
    }

    void placeAreaAt(long block) {
        this.areaBlock = block;
    }

    byte[] area() {
        return Arrays.copyOf(area.toByteArray(), (int) areaBlocks() * IsoNode.BLOCK);
    }

    /** Behind the record of a folder for itself; the root's also announces the protocol. */
    byte[] ofSelf(IsoNode folder) {
        return folder.parent.isPresent()
                ? join(attributes(folder), times)
                : join(announcement(), attributes(folder), times, continuation(extensionReference));
    }

    /** Behind the record of a folder for its parent. */
    byte[] ofParent(IsoNode folder) {
        return join(attributes(folder.parentOrSelf()), times);
    }

    /** Behind the record of a file or folder in its parent. */
    byte[] ofChild(IsoNode child) {
        byte[] name = Optional.ofNullable(longNames.get(child))
                .map(this::continuation)
                .orElseGet(() -> name(child));
        return join(attributes(child), times, name);
    }

    private void keepLongNames(IsoNode folder) {
        for (IsoNode child : folder.children()) {
            if (utf8(child).length > LONGEST_NAME_IN_RECORD) {
                longNames.put(child, keep(name(child)));
            }
            keepLongNames(child);
        }
    }

    /** Puts an entry into the continuation area, where it must not cross into another block. */
    private Place keep(byte[] entry) {
        int left = IsoNode.BLOCK - area.size() % IsoNode.BLOCK;
        if (left < entry.length) {
            area.writeBytes(new byte[left]);
        }
        Place place = new Place(area.size(), entry.length);
        area.writeBytes(entry);
        return place;
    }

    private byte[] continuation(Place place) {
        ByteBuffer entry = entry("CE", 28);
        BothEndian.putInt(entry, areaBlock + place.offset() / IsoNode.BLOCK);
        BothEndian.putInt(entry, place.offset() % IsoNode.BLOCK);
        return BothEndian.putInt(entry, place.length()).array();
    }

    private static byte[] attributes(IsoNode node) {
        long subFolders = node.children().stream().filter(IsoNode::isFolder).count();
        ByteBuffer entry = entry("PX", 36);
        BothEndian.putInt(entry, node.isFolder() ? FOLDER_MODE : FILE_MODE);
        BothEndian.putInt(entry, node.isFolder() ? 2 + subFolders : 1);
        BothEndian.putInt(entry, 0);
        return BothEndian.putInt(entry, 0).array();
    }

    private static byte[] times(IsoTime time) {
        ByteBuffer entry = entry("TF", 26).put((byte) MODIFY_ACCESS_ATTRIBUTES);
        return entry.put(time.brief()).put(time.brief()).put(time.brief()).array();
    }

    private static byte[] name(IsoNode node) {
        byte[] name = utf8(node);
        return entry("NM", 5 + name.length).put((byte) 0).put(name).array();
    }

    private static byte[] announcement() {
        return entry("SP", 7).put((byte) 0xBE).put((byte) 0xEF).put((byte) 0).array();
    }

    private static byte[] extensionReference() {
        String text = EXTENSION + DESCRIPTION + SOURCE;
        ByteBuffer entry = entry("ER", 8 + text.length());
        entry.put((byte) EXTENSION.length()).put((byte) DESCRIPTION.length()).put((byte) SOURCE.length());
        return entry.put((byte) 1).put(text.getBytes(StandardCharsets.US_ASCII)).array();
    }

    /** Every entry begins with its kind, its length and version 1. */
    private static ByteBuffer entry(String kind, int length) {
        return ByteBuffer.allocate(length)
                .put(kind.getBytes(StandardCharsets.US_ASCII))
                .put((byte) length)
                .put((byte) 1);
    }

    private static byte[] utf8(IsoNode node) {
        return node.name.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] join(byte[]... entries) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            joined.writeBytes(entry);
        }
        return joined.toByteArray();
    }
}

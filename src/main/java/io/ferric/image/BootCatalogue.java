package io.ferric.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The boot catalogue of an ISO image: the first entry is the default one, each further entry has a section of its own
 * (El Torito specification 1.0, section 2; the last section is marked).
 */
final class BootCatalogue {
    private static final int SECTION = 0x90;
    private static final int LAST_SECTION = 0x91;
    private static final int BOOTABLE = 0x88;
    private static final int ENTRY = 32;
    private static final int SECTOR = 512;
    private static final int MOST_SECTORS = 0xFFFF;

    private BootCatalogue() {}

    /** The catalogue lies beside the first entry's file. */
    static String path(List<ElToritoEntry> entries) {
        String first = entries.get(0).path();
        return first.substring(0, first.lastIndexOf('/') + 1) + "boot.cat";
    }

    /** One block, once the files have their places. */
    static byte[] encode(List<ElToritoEntry> entries, Map<String, IsoNode> files) {
        ByteBuffer catalogue = ByteBuffer.allocate(IsoNode.BLOCK).order(ByteOrder.LITTLE_ENDIAN);
        catalogue.put(validation(entries.get(0)));
        for (int i = 0; i < entries.size(); i++) {
            ElToritoEntry entry = entries.get(i);
            if (i > 0) {
                int at = catalogue.position();
                catalogue.put((byte) (i == entries.size() - 1 ? LAST_SECTION : SECTION));
                catalogue.put((byte) entry.platform().id()).putShort((short) 1);
                catalogue.position(at + ENTRY);
            }
            put(catalogue, entry, files.get(entry.path()));
        }
        return catalogue.array();
    }

    /** The sum of its sixteen words is zero. */
    private static byte[] validation(ElToritoEntry first) {
        ByteBuffer entry = ByteBuffer.allocate(ENTRY).order(ByteOrder.LITTLE_ENDIAN);
        entry.put((byte) 1).put((byte) first.platform().id()).putShort((short) 0);
        entry.put("FERRIC".getBytes(StandardCharsets.US_ASCII));
        entry.put(30, (byte) 0x55).put(31, (byte) 0xAA);
        int sum = 0;
        for (int i = 0; i < ENTRY; i += 2) {
            sum += entry.getShort(i);
        }
        return entry.putShort(28, (short) -sum).array();
    }

    private static void put(ByteBuffer catalogue, ElToritoEntry entry, IsoNode file) {
        int at = catalogue.position();
        long whole = Math.min((file.size + SECTOR - 1) / SECTOR, MOST_SECTORS);
        catalogue
                .put((byte) BOOTABLE)
                .put((byte) 0)
                .putShort((short) 0)
                .put((byte) 0)
                .put((byte) 0);
        catalogue.putShort((short) (entry.loadSectors() > 0 ? entry.loadSectors() : whole));
        catalogue.putInt((int) file.block());
        catalogue.position(at + ENTRY);
    }
}

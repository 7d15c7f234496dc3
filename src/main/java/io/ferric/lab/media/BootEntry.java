package io.ferric.lab.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An entry of the El Torito boot catalogue.
 *
 * @param platform 0 for BIOS, 0xEF for UEFI
 * @param bootable whether the firmware may start it
 * @param emulation 0 for none
 * @param sectors512 how many sectors of 512 bytes the firmware loads
 * @param sector where the image begins, in sectors of 2048 bytes
 */
public record BootEntry(int platform, boolean bootable, int emulation, int sectors512, long sector) {
    /** The platform number of BIOS. */
    public static final int BIOS = 0;

    /** The platform number of UEFI. */
    public static final int UEFI = 0xEF;

    private static final int ENTRY = 32;

    static List<BootEntry> readAll(ByteBuffer catalogue) throws MediaException {
        int sum = 0;
        for (int i = 0; i < ENTRY; i += 2) {
            sum += catalogue.getShort(i) & 0xFFFF;
        }
        if (catalogue.get(0) != 1 || (catalogue.getShort(30) & 0xFFFF) != 0xAA55 || (sum & 0xFFFF) != 0) {
            throw new MediaException("the boot catalogue's validation entry is wrong");
        }
        List<BootEntry> entries = new ArrayList<>();
        entries.add(entry(catalogue, ENTRY, catalogue.get(1) & 0xFF));
        int at = 2 * ENTRY;
        while (at + ENTRY <= catalogue.limit() && (catalogue.get(at) & 0xFE) == 0x90) {
            boolean last = (catalogue.get(at) & 0xFF) == 0x91;
            int platform = catalogue.get(at + 1) & 0xFF;
            int count = catalogue.getShort(at + 2) & 0xFFFF;
            at += ENTRY;
            for (int i = 0; i < count && at + ENTRY <= catalogue.limit(); i++, at += ENTRY) {
                entries.add(entry(catalogue, at, platform));
            }
            if (last) {
                break;
            }
        }
        return List.copyOf(entries);
    }

    private static BootEntry entry(ByteBuffer catalogue, int at, int platform) {
        return new BootEntry(
                platform,
                (catalogue.get(at) & 0xFF) == 0x88,
                catalogue.get(at + 1) & 0x0F,
                catalogue.getShort(at + 6) & 0xFFFF,
                catalogue.getInt(at + 8) & 0xFFFFFFFFL);
    }
}

package io.ferric.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Whole disks, by their partition tables (UEFI specification 2.10, section 5). */
final class PartitionTableProbes {
    private static final int SECTOR = 512;
    private static final int MBR_TABLE = 446;
    private static final int MBR_ENTRY = 16;
    private static final int PROTECTIVE = 0xEE;

    private PartitionTableProbes() {}

    /** The header lies in the second sector, of 512 or 4096 bytes; the last sector of the disk holds its copy. */
    static Optional<ImageSketch> gpt(ImageWindow window) throws IOException {
        for (int sector : new int[] {SECTOR, 4096}) {
            if (window.has(sector, "EFI PART")) {
                long lastSector = window.little(sector + 32, 8).getLong();
                return Optional.of(new ImageSketch(ImageFormat.GPT)
                        .size(ImageSketch.product(ImageSketch.sum(lastSector, 1), sector)));
            }
        }
        return Optional.empty();
    }

    /** Many boot sectors end like an MBR, so the four entries must make sense and one must be in use. */
    static Optional<ImageSketch> mbr(ImageWindow window) throws IOException {
        if (!window.has(SECTOR - 2, (byte) 0x55, (byte) 0xAA)) {
            return Optional.empty();
        }
        ByteBuffer table = window.little(MBR_TABLE, 4 * MBR_ENTRY);
        long end = 0;
        boolean used = false;
        for (int at = 0; at < 4 * MBR_ENTRY; at += MBR_ENTRY) {
            int status = table.get(at) & 0xFF;
            int type = table.get(at + 4) & 0xFF;
            long start = Integer.toUnsignedLong(table.getInt(at + 8));
            long count = Integer.toUnsignedLong(table.getInt(at + 12));
            if (status != 0 && status != 0x80 || type != 0 && (start == 0 || count == 0)) {
                return Optional.empty();
            }
            used |= type != 0;
            end = type == 0 || type == PROTECTIVE ? end : Math.max(end, (start + count) * SECTOR);
        }
        return used ? Optional.of(new ImageSketch(ImageFormat.MBR).size(end)) : Optional.empty();
    }
}

package io.ferric.lab.media;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The table that a boot image made for isolinux carries in its bytes 8 to 63, without which isolinux refuses to start.
 *
 * @param descriptorSector where the primary volume descriptor is: 16
 * @param imageSector where the boot image is
 * @param imageLength the boot image's length in bytes
 * @param checksum the sum of its 32-bit words from byte 64 on
 */
public record BootInfoTable(long descriptorSector, long imageSector, long imageLength, int checksum) {
    private static final int START = 8;
    private static final int END = 64;
    private static final int MAX_IMAGE = 16 << 20;

    public static BootInfoTable read(ByteBuffer image) {
        return new BootInfoTable(
                image.getInt(START) & 0xFFFFFFFFL,
                image.getInt(START + 4) & 0xFFFFFFFFL,
                image.getInt(START + 8) & 0xFFFFFFFFL,
                image.getInt(START + 12));
    }

    /** Complains when the table does not describe the image that begins in {@code sector}. */
    public void check(Blocks medium, long sector) throws IOException {
        if (descriptorSector != 16 || imageSector != sector || imageLength < END || imageLength > MAX_IMAGE) {
            throw new MediaException("the boot image has no boot information table, or a wrong one");
        }
        ByteBuffer image = medium.at(sector * IsoReader.SECTOR, (int) (imageLength + 3) & ~3);
        int sum = 0;
        for (int at = END; at + 4 <= image.limit(); at += 4) {
            boolean whole = at + 4 <= imageLength;
            sum += whole ? image.getInt(at) : lastWord(image, at, (int) imageLength - at);
        }
        if (sum != checksum) {
            throw new MediaException("the checksum in the boot information table is wrong");
        }
    }

    private static int lastWord(ByteBuffer image, int at, int count) {
        int word = 0;
        for (int i = 0; i < count; i++) {
            word |= (image.get(at + i) & 0xFF) << (8 * i);
        }
        return word;
    }
}

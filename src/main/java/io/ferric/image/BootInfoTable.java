package io.ferric.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The 56 bytes at offset 8 of isolinux by which it finds itself in the image: block of the volume descriptor, its own
 * block and length, and the sum of its 32-bit words from offset 64 on (as {@code mkisofs -boot-info-table} has it). Only
 * the copy in the image carries them; the source is left as it is.
 */
final class BootInfoTable {
    private static final int OFFSET = 8;
    private static final int END = 64;

    private BootInfoTable() {}

    /** The content of a boot loader as it is written to a block of the image. */
    static Content patched(IsoNode file) throws IOException {
        Content source = file.content.orElseThrow();
        if (file.size < END) {
            throw new ImageCreationException("boot loader " + file.path() + " has only " + file.size
                    + " bytes; one with a boot-info-table has at least " + END);
        }
        ByteBuffer table = ByteBuffer.allocate(END - OFFSET).order(ByteOrder.LITTLE_ENDIAN);
        table.putInt(VolumeDescriptors.FIRST_BLOCK).putInt((int) file.block()).putInt((int) file.size);
        table.putInt(sum(source));
        return new Patched(source, file.size, table.array());
    }

    private static int sum(Content source) throws IOException {
        int sum = 0;
        try (InputStream in = source.open()) {
            in.skipNBytes(END);
            byte[] bytes = in.readNBytes(IsoNode.BLOCK);
            for (; bytes.length > 0; bytes = in.readNBytes(IsoNode.BLOCK)) {
                for (int i = 0; i < bytes.length; i++) {
                    sum += (bytes[i] & 0xFF) << 8 * (i % 4);
                }
            }
        }
        return sum;
    }

    private record Patched(Content source, long size, byte[] table) implements Content {
        @Override
        public InputStream open() throws IOException {
            InputStream in = source.open();
            byte[] head = in.readNBytes(END);
            System.arraycopy(table, 0, head, OFFSET, Math.min(table.length, Math.max(0, head.length - OFFSET)));
            return new SequenceInputStream(new ByteArrayInputStream(head), in);
        }

        @Override
        public String toString() {
            return source.toString();
        }
    }
}

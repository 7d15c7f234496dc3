package io.ferric.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The descriptors at block 16 and after (ECMA-119 section 8, Joliet, El Torito section 2). */
final class VolumeDescriptors {
    static final int FIRST_BLOCK = 16;

    private static final int BOOT_RECORD = 0;
    private static final int PRIMARY = 1;
    private static final int SUPPLEMENTARY = 2;
    private static final int TERMINATOR = 255;
    private static final byte[] UCS2_LEVEL_3 = {0x25, 0x2F, 0x45};
    private static final byte[] NO_DATE = "0000000000000000\0".getBytes(StandardCharsets.US_ASCII);

    private final String label;
    private final IsoTime time;
    private final long volumeBlocks;

    VolumeDescriptors(String label, IsoTime time, long volumeBlocks) {
        this.label = label;
        this.time = time;
        this.volumeBlocks = volumeBlocks;
    }

    byte[] primary(IsoHierarchy hierarchy) {
        return volume(PRIMARY, hierarchy, IsoNames.PLAIN, new byte[0]);
    }

    byte[] joliet(IsoHierarchy hierarchy) {
        return volume(SUPPLEMENTARY, hierarchy, IsoNames.JOLIET, UCS2_LEVEL_3);
    }

    static byte[] boot(long catalogueBlock) {
        ByteBuffer descriptor =
                descriptor(BOOT_RECORD).put("EL TORITO SPECIFICATION".getBytes(StandardCharsets.US_ASCII));
        return descriptor
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(71, (int) catalogueBlock)
                .array();
    }

    static byte[] terminator() {
        return descriptor(TERMINATOR).array();
    }

    private byte[] volume(int type, IsoHierarchy hierarchy, IsoNames naming, byte[] escapes) {
        ByteBuffer descriptor = descriptor(type).put((byte) 0);
        text(descriptor, naming, "LINUX", 32);
        text(descriptor, naming, label, 32);
        BothEndian.putInt(descriptor.position(80), volumeBlocks);
        BothEndian.putShort(descriptor.put(escapes).position(120), 1);
        BothEndian.putShort(descriptor, 1);
        BothEndian.putShort(descriptor, IsoNode.BLOCK);
        BothEndian.putInt(descriptor, hierarchy.pathTableSize());
        descriptor
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt((int) hierarchy.littlePathTable())
                .putInt(0);
        descriptor
                .order(ByteOrder.BIG_ENDIAN)
                .putInt((int) hierarchy.bigPathTable())
                .putInt(0);
        descriptor.put(hierarchy.rootRecord());
        for (String text : new String[] {"", "", "", "FERRIC"}) {
            text(descriptor, naming, text, 128);
        }
        for (int file = 0; file < 3; file++) {
            text(descriptor, naming, "", 37);
        }
        descriptor.put(time.digits()).put(time.digits()).put(NO_DATE).put(time.digits());
        return descriptor.put((byte) 1).array();
    }

    private static ByteBuffer descriptor(int type) {
        return ByteBuffer.allocate(IsoNode.BLOCK)
                .put((byte) type)
                .put("CD001".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1);
    }

    /** A text field, filled up with blanks. A field of odd length in 16-bit characters ends with a zero byte. */
    private static void text(ByteBuffer descriptor, IsoNames naming, String text, int length) {
        int end = descriptor.position() + length;
        byte[] blank = naming.encode(" ");
        byte[] bytes = naming.encode(text);
        descriptor.put(bytes, 0, Math.min(bytes.length, length));
        while (descriptor.position() + blank.length <= end) {
            descriptor.put(blank);
        }
        descriptor.position(end);
    }
}

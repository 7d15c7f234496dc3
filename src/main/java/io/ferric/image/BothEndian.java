package io.ferric.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers as ISO 9660 stores most of them: little-endian, then the same big-endian (ECMA-119 sections 7.2.3, 7.3.3). */
final class BothEndian {
    private BothEndian() {}

    static ByteBuffer putInt(ByteBuffer buffer, long value) {
        buffer.order(ByteOrder.LITTLE_ENDIAN).putInt((int) value);
        return buffer.order(ByteOrder.BIG_ENDIAN).putInt((int) value);
    }

    static ByteBuffer putShort(ByteBuffer buffer, int value) {
        buffer.order(ByteOrder.LITTLE_ENDIAN).putShort((short) value);
        return buffer.order(ByteOrder.BIG_ENDIAN).putShort((short) value);
    }
}

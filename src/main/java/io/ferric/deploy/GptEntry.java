package io.ferric.deploy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.UUID;

/**
 * One partition of a GPT: 128 bytes, little-endian, with type, id, first and last block, attributes and a name of at most
 * 36 UTF-16 units. Source: UEFI specification 2.10, section 5.3.3.
 *
 * @param number its place in the table, from 1
 */
record GptEntry(int number, UUID type, UUID id, long firstBlock, long lastBlock, long attributes, String name) {
    static final int SIZE = 128;

    private static final UUID UNUSED = new UUID(0, 0);
    private static final int NAME_AT = 56;

    /** The entry that begins at the buffer's start; empty when it is not in use. */
    static Optional<GptEntry> decode(int number, ByteBuffer bytes) {
        UUID type = guid(bytes, 0);
        if (type.equals(UNUSED)) {
            return Optional.empty();
        }
        String name = bytes.slice(NAME_AT, SIZE - NAME_AT)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asCharBuffer()
                .toString();
        return Optional.of(new GptEntry(
                number,
                type,
                guid(bytes, 16),
                bytes.getLong(32),
                bytes.getLong(40),
                bytes.getLong(48),
                name.replaceFirst("\0+\\z", "")));
    }

    void encode(ByteBuffer target) {
        putGuid(target, 0, type);
        putGuid(target, 16, id);
        target.putLong(32, firstBlock).putLong(40, lastBlock).putLong(48, attributes);
        target.slice(NAME_AT, SIZE - NAME_AT)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asCharBuffer()
                .put(name);
    }

    /** A GUID as UEFI keeps it: the first three of its five groups little-endian, the others in their order. */
    static UUID guid(ByteBuffer bytes, int at) {
        ByteBuffer little = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long high = (little.getInt(at) & 0xFFFF_FFFFL) << 32
                | (little.getShort(at + 4) & 0xFFFFL) << 16
                | little.getShort(at + 6) & 0xFFFFL;
        return new UUID(high, bytes.duplicate().order(ByteOrder.BIG_ENDIAN).getLong(at + 8));
    }

    static void putGuid(ByteBuffer bytes, int at, UUID id) {
        ByteBuffer little = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        long high = id.getMostSignificantBits();
        little.putInt(at, (int) (high >>> 32))
                .putShort(at + 4, (short) (high >>> 16))
                .putShort(at + 6, (short) high);
        bytes.duplicate().order(ByteOrder.BIG_ENDIAN).putLong(at + 8, id.getLeastSignificantBits());
    }
}

package io.ferric.iscsi;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The digests of RFC 7143 section 13.1: CRC32C, lowest byte first on the wire. Not thread safe. */
final class Crc {
    private final CRC32C crc = new CRC32C();

    /** Digest of {@code length} bytes from {@code offset} and of so many zero bytes, as it reads in a big-endian int. */
    int of(ByteBuffer bytes, int offset, int length, int zeros) {
        int position = bytes.position();
        int limit = bytes.limit();
        crc.reset();
        crc.update(bytes.limit(offset + length).position(offset));
        bytes.limit(limit).position(position);
        for (int i = 0; i < zeros; i++) {
            crc.update(0);
        }
        return Integer.reverseBytes((int) crc.getValue());
    }
}

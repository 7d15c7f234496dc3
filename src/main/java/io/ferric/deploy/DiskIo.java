package io.ferric.deploy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/** Whole reads and writes at a place, which channels do not promise. */
final class DiskIo {
    private DiskIo() {}

    /** Exactly these bytes, little-endian and ready to be read. */
    static ByteBuffer read(SeekableByteChannel from, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        from.position(position);
        fill(from, bytes);
        return bytes.flip();
    }

    /** Fills the buffer. */
    static void fill(SeekableByteChannel from, ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (from.read(target) < 0) {
                throw new EOFException("there are " + target.remaining() + " bytes fewer than expected");
            }
        }
    }

    /** Writes all that remains in the buffer. */
    static void write(SeekableByteChannel to, long position, ByteBuffer bytes) throws IOException {
        to.position(position);
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }
}

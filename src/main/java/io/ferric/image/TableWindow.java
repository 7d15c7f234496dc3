package io.ferric.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Big-endian numbers of tables in a file, of which a small part is held. For one thread. */
final class TableWindow {
    private static final int SIZE = 64 * 1024;

    private final FileChannel file;
    private final ByteBuffer part = ByteBuffer.allocate(SIZE).limit(0);
    private long start;

    TableWindow(FileChannel file) {
        this.file = file;
    }

    /** The number at an offset that is a multiple of eight. */
    long get(long offset) throws IOException {
        if (offset < start || offset >= start + part.limit()) {
            load(offset / SIZE * SIZE);
        }
        if (offset - start > part.limit() - Long.BYTES) {
            throw new UnreadableImageException("its table at byte " + offset + " lies beyond the end of the file");
        }
        return part.getLong((int) (offset - start));
    }

    private void load(long from) throws IOException {
        part.clear();
        start = from;
        while (part.hasRemaining() && file.read(part, from + part.position()) >= 0) {
            continue;
        }
        part.flip();
    }
}

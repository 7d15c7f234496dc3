package io.ferric.deploy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** Writes a file from its start and leaves blocks of zeros as holes. Its failures are faults of our own disk. */
final class HoleWriter {
    private final SeekableByteChannel file;
    private final String doing;
    private long position;
    private long written;

    /** @param doing what the file is for, to begin a message with */
    HoleWriter(SeekableByteChannel file, String doing) {
        this.file = file;
        this.doing = doing;
    }

    void write(ByteBuffer bytes) {
        int length = bytes.remaining();
        try {
            if (!Zeros.only(bytes)) {
                file.position(position);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
                written = position + length;
            }
        } catch (IOException e) {
            throw Faults.storage(doing, e);
        }
        position += length;
    }

    /** Gives the file its full size when it ends in a hole. */
    void finish() {
        try {
            if (written < position) {
                file.position(position - 1);
                file.write(ByteBuffer.allocate(1));
            }
        } catch (IOException e) {
            throw Faults.storage(doing, e);
        }
    }
}

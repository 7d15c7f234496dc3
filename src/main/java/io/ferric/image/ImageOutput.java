package io.ferric.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The file an image is written to, from front to back. Small pieces are gathered; gaps are left as holes, which read as
 * zeros. Not thread safe.
 */
final class ImageOutput implements AutoCloseable {
    private static final int BUFFER = 128 * 1024;

    private final FileChannel channel;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private long position;

    private ImageOutput(FileChannel channel) {
        this.channel = channel;
    }

    static ImageOutput to(Path emptyFile) throws IOException {
        return new ImageOutput(FileChannel.open(emptyFile, StandardOpenOption.WRITE));
    }

    long position() {
        return position;
    }

    void write(byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; ) {
            int count = Math.min(bytes.length - from, BUFFER - filled);
            System.arraycopy(bytes, from, buffer, filled, count);
            advance(count);
            from += count;
        }
    }

    /** Copies a content that promised {@code size} bytes; any other number is an error. */
    void write(Content content, long size) throws IOException {
        if (content instanceof FileContent file && size > BUFFER) {
            transfer(file.file(), size);
            return;
        }
        try (InputStream in = content.open()) {
            copy(in, size, content);
            if (in.read() >= 0) {
                throw changed(content, size);
            }
        }
    }

    /** Leaves zeros up to an absolute position. */
    void skipTo(long target) throws IOException {
        long gap = target - position;
        if (gap < 0) {
            throw new IllegalStateException("position " + position + " is beyond " + target);
        }
        if (gap <= BUFFER - filled) {
            Arrays.fill(buffer, filled, filled + (int) gap, (byte) 0);
            advance((int) gap);
        } else {
            flush();
            position = target;
            channel.position(target);
        }
    }

    /** Makes the file at least as long as the position, for a gap at its end would otherwise be cut off. */
    void finish() throws IOException {
        flush();
        if (channel.size() < position) {
            channel.write(ByteBuffer.allocate(1), position - 1);
        }
    }

    private void copy(InputStream in, long size, Content content) throws IOException {
        for (long left = size; left > 0; ) {
            int count = in.read(buffer, filled, (int) Math.min(left, BUFFER - filled));
            if (count < 0) {
                throw changed(content, size);
            }
            advance(count);
            left -= count;
        }
    }

    /** The kernel copies from file to file, without a detour through this process. */
    private void transfer(Path file, long size) throws IOException {
        flush();
        try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
            if (source.size() != size) {
                throw changed(Content.of(file), size);
            }
            for (long done = 0; done < size; ) {
                long count = source.transferTo(done, size - done, channel);
                if (count <= 0) {
                    throw changed(Content.of(file), size);
                }
                done += count;
                position += count;
            }
        }
    }

    private static ImageCreationException changed(Content content, long size) {
        return new ImageCreationException(
                content + " did not deliver the " + size + " bytes it promised; was it changed?");
    }

    private void advance(int count) throws IOException {
        filled += count;
        position += count;
        if (filled == BUFFER) {
            flush();
        }
    }

    private void flush() throws IOException {
        ByteBuffer pending = ByteBuffer.wrap(buffer, 0, filled);
        while (pending.hasRemaining()) {
            channel.write(pending);
        }
        filled = 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

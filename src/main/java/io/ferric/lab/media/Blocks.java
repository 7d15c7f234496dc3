package io.ferric.lab.media;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/** Bytes that can be read at any position: a medium or a disk. As thread-safe as what is behind it. */
public interface Blocks {
    /** The size in bytes. */
    long size() throws IOException;

    /** Fills all of {@code target} from {@code position}; an {@link EOFException} when that goes beyond the end. */
    void read(long position, byte[] target) throws IOException;

    /** Reads {@code length} bytes as a little-endian buffer. */
    default ByteBuffer at(long position, int length) throws IOException {
        byte[] bytes = new byte[length];
        read(position, bytes);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The part from {@code start} of {@code length} bytes. */
    default Blocks part(long start, long length) {
        Blocks whole = this;
        return new Blocks() {
            @Override
            public long size() {
                return length;
            }

            @Override
            public void read(long position, byte[] target) throws IOException {
                if (position < 0 || target.length > length || position > length - target.length) {
                    throw new EOFException(target.length + " bytes at " + position + " of a part of " + length);
                }
                whole.read(start + position, target);
            }
        };
    }

    /** Reads a channel, such as a file. Not thread-safe: it moves the channel's position. */
    static Blocks of(SeekableByteChannel channel) {
        return new Blocks() {
            @Override
            public long size() throws IOException {
                return channel.size();
            }

            @Override
            public void read(long position, byte[] target) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(target);
                channel.position(position);
                while (buffer.hasRemaining()) {
                    if (channel.read(buffer) < 0) {
                        throw new EOFException("the medium ends at " + channel.size());
                    }
                }
            }
        };
    }
}

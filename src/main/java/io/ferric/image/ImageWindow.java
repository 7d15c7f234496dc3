package io.ferric.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An image seen through a small window: its first 70 KiB are held, more is read on demand, never more than
 * {@value #MOST} bytes at once. Whatever lies beyond the end reads as zeros. Not thread safe.
 */
final class ImageWindow {
    /** The last superblock looked for, that of btrfs, ends at 68 KiB. */
    static final int HEAD = 70 * 1024;

    static final int MOST = 2 * 1024 * 1024;

    private final SeekableByteChannel channel;
    private final long size;
    private final ByteBuffer head;

    ImageWindow(SeekableByteChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
        this.head = load(0, HEAD);
    }

    long size() {
        return size;
    }

    /** Bytes from anywhere, in the given order; always {@code length} of them. */
    ByteBuffer read(long offset, int length, ByteOrder order) throws IOException {
        ByteBuffer bytes = offset >= 0 && offset <= HEAD - length
                ? head.slice((int) offset, length)
                : load(offset, Math.min(length, MOST));
        return bytes.order(order);
    }

    ByteBuffer little(long offset, int length) throws IOException {
        return read(offset, length, ByteOrder.LITTLE_ENDIAN);
    }

    ByteBuffer big(long offset, int length) throws IOException {
        return read(offset, length, ByteOrder.BIG_ENDIAN);
    }

    byte[] bytes(long offset, int length) throws IOException {
        ByteBuffer bytes = read(offset, length, ByteOrder.BIG_ENDIAN);
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }

    /** Text up to the first NUL, one character a byte. */
    String latin(long offset, int length) throws IOException {
        return text(bytes(offset, length), StandardCharsets.ISO_8859_1);
    }

    String utf8(long offset, int length) throws IOException {
        return text(bytes(offset, length), StandardCharsets.UTF_8);
    }

    boolean has(long offset, byte... magic) throws IOException {
        return offset >= 0 && offset <= size - magic.length && Arrays.equals(bytes(offset, magic.length), magic);
    }

    boolean has(long offset, String magic) throws IOException {
        return has(offset, magic.getBytes(StandardCharsets.ISO_8859_1));
    }

    boolean isZero(long offset, int length) throws IOException {
        for (byte b : bytes(offset, length)) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static String text(byte[] bytes, Charset charset) {
        int end = 0;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, charset);
    }

    private ByteBuffer load(long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        if (offset >= 0 && offset < size) {
            channel.position(offset);
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                continue;
            }
        }
        return bytes.clear();
    }
}

package io.ferric.image;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * A disk compressed as a whole by gzip, xz or zstd, read as a stream. Going back means to begin anew. What is held is the
 * same for every size; how large the disk is shows only at its end, so one pass goes ahead unless somebody knows it.
 */
final class CompressedImage implements DiskImage {
    private static final int BUFFER = 64 * 1024;
    /** At the very end lies the footer of some formats. */
    private static final int TAIL = 512;

    private final Path file;
    private final ImageFormat format;
    private final long size;
    private final byte[] tail;
    private final byte[] buffer = new byte[BUFFER];
    private Optional<InputStream> stream = Optional.empty();
    private long at;

    private CompressedImage(Path file, ImageFormat format, long size, byte[] tail) {
        this.file = file;
        this.format = format;
        this.size = size;
        this.tail = tail;
    }

    /** With a size that is known from before. */
    static CompressedImage of(Path file, ImageFormat format, long size) {
        return new CompressedImage(file, format, size, new byte[0]);
    }

    /** Reads all of it to learn its size. */
    static CompressedImage measured(Path file, ImageFormat format, long most, LongConsumer passed) throws IOException {
        byte[] piece = new byte[BUFFER];
        byte[] tail = new byte[0];
        long size = 0;
        try (InputStream in = Decompression.open(file, format)) {
            for (int count = in.readNBytes(piece, 0, BUFFER); count > 0; count = in.readNBytes(piece, 0, BUFFER)) {
                size += count;
                DiskImages.refuseLarger(size, most);
                tail = tail(tail, piece, count);
                if (size % DiskImages.OFTEN < count) {
                    passed.accept(size);
                }
            }
        }
        return new CompressedImage(file, format, size, tail);
    }

    private static byte[] tail(byte[] before, byte[] piece, int count) {
        byte[] both = Arrays.copyOf(before, before.length + Math.min(count, TAIL));
        System.arraycopy(piece, Math.max(0, count - TAIL), both, before.length, Math.min(count, TAIL));
        return Arrays.copyOfRange(both, Math.max(0, both.length - TAIL), both.length);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean verbatim() {
        return false;
    }

    /** A look at the beginning, and at the end if it was measured; what lies between is not waited for. */
    @Override
    public ImageInfo content() throws IOException {
        byte[] head = new byte[(int) Math.min(size, ImageWindow.HEAD)];
        try (InputStream in = Decompression.open(file, format)) {
            in.readNBytes(head, 0, head.length);
        }
        return ImageInfo.inspect(new DiskImageChannel(size, (position, target) -> {
            for (long place = position; target.hasRemaining(); place++) {
                target.put(glimpse(head, place));
            }
        }));
    }

    private byte glimpse(byte[] head, long place) {
        long fromTail = place - (size - tail.length);
        byte unknown = (byte) 0xFF;
        return place < head.length ? head[(int) place] : fromTail >= 0 ? tail[(int) fromTail] : unknown;
    }

    @Override
    public Optional<Extent> nextData(long position) {
        return position < size ? Optional.of(new Extent(position, size - position)) : Optional.empty();
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        if (position < 0 || target.remaining() > size - position) {
            throw new EOFException("the disk in the image ends at " + size);
        }
        InputStream in = streamTo(position);
        while (target.hasRemaining()) {
            target.put(buffer, 0, next(in, target.remaining()));
        }
        if (at == size && in.read() >= 0) {
            throw new UnreadableImageException("it has more than the " + size + " bytes it had before");
        }
    }

    private InputStream streamTo(long position) throws IOException {
        if (stream.isEmpty() || position < at) {
            close();
            stream = Optional.of(Decompression.open(file, format));
            at = 0;
        }
        while (at < position) {
            next(stream.get(), position - at);
        }
        return stream.get();
    }

    /** Reads some bytes, no more than these, into our buffer. */
    private int next(InputStream in, long most) throws IOException {
        int count = in.read(buffer, 0, (int) Math.min(BUFFER, most));
        if (count < 0) {
            throw new UnreadableImageException("it has " + at + " bytes and not the " + size + " it had before");
        }
        at += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        if (stream.isPresent()) {
            InputStream open = stream.get();
            stream = Optional.empty();
            open.close();
        }
    }
}

package io.ferric.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Goes through disk images as a deploy does. */
final class DiskImageReader {
    private static final int PIECE = 1 << 20;

    private DiskImageReader() {}

    /** The disk in memory: zeros where there are no data. */
    static byte[] bytes(DiskImage image) throws IOException {
        byte[] disk = new byte[Math.toIntExact(image.size())];
        each(image, (position, bytes) -> bytes.get(disk, (int) position, bytes.remaining()));
        return disk;
    }

    /** The disk as a sparse file. */
    static Path raw(DiskImage image, Path file) throws IOException {
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            each(image, (position, bytes) -> out.write(bytes, position));
            if (image.size() > out.size()) {
                out.write(ByteBuffer.allocate(1), image.size() - 1);
            }
        }
        return file;
    }

    /** Bytes that count as data. */
    static long data(DiskImage image) throws IOException {
        long sum = 0;
        for (Optional<Extent> next = image.nextData(0);
                next.isPresent();
                next = image.nextData(next.get().end())) {
            sum += next.get().length();
        }
        return sum;
    }

    private interface Piece {
        void take(long position, ByteBuffer bytes) throws IOException;
    }

    private static void each(DiskImage image, Piece piece) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(PIECE);
        for (Optional<Extent> next = image.nextData(0);
                next.isPresent();
                next = image.nextData(next.get().end())) {
            for (long at = next.get().start(); at < next.get().end(); at += buffer.limit()) {
                image.read(at, buffer.clear().limit((int)
                        Math.min(PIECE, next.get().end() - at)));
                piece.take(at, buffer.flip());
            }
        }
    }
}

package io.ferric.deploy;

import io.ferric.image.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.security.MessageDigest;
import java.util.List;

/**
 * Copies images onto a disk and reads them back. Runs of zeros are never skipped: the disk is told to make them.
 * For one thread.
 */
final class DiskWriter {
    private static final int GRAIN = Zeros.BLOCK;
    /** The longest run of zeros the disk is told to make at once, so that cancelling and progress do not wait long. */
    private static final long ZEROS_AT_ONCE = 256 * Mib.BYTES;

    private final Disk disk;
    private final BufferPool buffers;

    DiskWriter(Disk disk, BufferPool buffers) {
        this.disk = disk;
        this.buffers = buffers;
    }

    /**
     * Copies a whole image to a place of the disk; the rest of its last block becomes zeros.
     *
     * @return bytes sent as data
     */
    long copy(SeekableByteChannel image, long at, Progress progress) throws IOException {
        return copy(image, List.of(new Extent(0, image.size())), at, progress);
    }

    /** As the other, but only these stretches of the image, each to its own place. */
    long copy(SeekableByteChannel image, List<Extent> extents, long at, Progress progress) throws IOException {
        long total = extents.stream().mapToLong(Extent::length).sum();
        long done = 0;
        long sent = 0;
        for (Extent each : extents) {
            long before = done;
            sent += new Copy(image, each, at, (now, all) -> progress.at(before + now, total)).run();
            done += each.length();
        }
        return sent;
    }

    /** What a stretch of the disk hashes to by SHA-256, in lower-case hexadecimal. */
    String sha256(long at, long length, Progress progress) throws IOException {
        MessageDigest digest = Sha256.start();
        ByteBuffer buffer = buffers.take();
        try {
            disk.position(at);
            for (long done = 0; done < length; done += buffer.limit()) {
                buffer.clear().limit((int) Math.min(buffer.capacity(), length - done));
                DiskIo.fill(disk, buffer);
                digest.update(buffer.flip());
                progress.at(done + buffer.limit(), length);
            }
            return Sha256.hex(digest);
        } finally {
            buffers.give(buffer);
        }
    }

    /** One copy under way. */
    private final class Copy {
        private final SeekableByteChannel image;
        private final long from;
        private final long at;
        private final long length;
        private final Progress progress;
        private long zerosFrom;
        private long zeros;
        private long sent;

        Copy(SeekableByteChannel image, Extent extent, long at, Progress progress) {
            this.image = image;
            this.from = extent.start();
            this.at = at + extent.start();
            this.length = extent.length();
            this.progress = progress;
        }

        long run() throws IOException {
            ByteBuffer buffer = buffers.take();
            try {
                for (long done = 0; done < length; ) {
                    int count = (int) Math.min(buffer.capacity(), length - done);
                    read(from + done, buffer.clear().limit(count));
                    pad(buffer.flip());
                    split(buffer, at + done);
                    done += count;
                    if (done == length || zeros >= ZEROS_AT_ONCE) {
                        endZeros();
                    }
                    progress.at(done - zeros, length);
                }
                return sent;
            } finally {
                buffers.give(buffer);
            }
        }

        /** Reads our own file, whose failure is not the server's. */
        private void read(long position, ByteBuffer target) {
            try {
                image.position(position);
                DiskIo.fill(image, target);
            } catch (IOException e) {
                throw Faults.storage("Reading the image on the conductor's own disk", e);
            }
        }

        /** Fills up the last block, so that the disk need not read it first. */
        private void pad(ByteBuffer buffer) {
            int over = buffer.limit() % disk.blockSize();
            if (over != 0) {
                int end = buffer.limit();
                buffer.limit(end + disk.blockSize() - over);
                while (end < buffer.limit()) {
                    buffer.put(end++, (byte) 0);
                }
            }
        }

        /** Cuts a buffer into runs of data, which are written, and runs of zeros, which are gathered. */
        private void split(ByteBuffer buffer, long position) throws IOException {
            int dataFrom = -1;
            for (int from = 0; from < buffer.limit(); from += GRAIN) {
                int grain = Math.min(GRAIN, buffer.limit() - from);
                if (!Zeros.only(buffer.slice(from, grain))) {
                    dataFrom = dataFrom < 0 ? from : dataFrom;
                    endZeros();
                } else {
                    write(buffer, dataFrom, from, position);
                    dataFrom = -1;
                    gatherZeros(position + from, grain);
                }
            }
            write(buffer, dataFrom, buffer.limit(), position);
        }

        private void write(ByteBuffer buffer, int from, int to, long position) throws IOException {
            if (from >= 0) {
                DiskIo.write(disk, position + from, buffer.slice(from, to - from));
                sent += to - from;
            }
        }

        private void gatherZeros(long position, long count) {
            if (zeros == 0) {
                zerosFrom = position;
            }
            zeros += count;
        }

        private void endZeros() throws IOException {
            if (zeros > 0) {
                disk.zero(zerosFrom, zeros);
            }
            zeros = 0;
        }
    }
}

package io.ferric.deploy;

import io.ferric.image.DiskImage;
import io.ferric.image.Extent;
import io.ferric.image.UnreadableImageException;
import io.ferric.node.OperationFailed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Copies images onto a disk and reads them back. Runs of zeros are never skipped: the disk is told to make them, be they
 * in the image's data or between them. For one thread.
 */
final class DiskWriter {
    private static final int GRAIN = Zeros.BLOCK;
    /** The longest run of zeros the disk is told to make at once, so that cancelling and progress do not wait long. */
    private static final long ZEROS_AT_ONCE = 256 * Mib.BYTES;

    private final Disk disk;
    private final BufferPool buffers;
    private final int block;

    /** One that writes whole blocks of the disk. */
    DiskWriter(Disk disk, BufferPool buffers) {
        this(disk, buffers, disk.blockSize());
    }

    private DiskWriter(Disk disk, BufferPool buffers, int block) {
        this.disk = disk;
        this.buffers = buffers;
        this.block = block;
    }

    /** One that writes the bytes of images and none beside them, at whatever place. */
    static DiskWriter exact(Disk disk, BufferPool buffers) {
        return new DiskWriter(disk, buffers, 1);
    }

    /**
     * What came of a copy.
     *
     * @param sent bytes sent as data
     * @param sha256 what the image's stretches of data hash to, one behind the other, as they were read
     */
    record Written(long sent, String sha256) {}

    /** Copies a whole image to a place of the disk; the rest of its last block becomes zeros. */
    Written copy(DiskImage image, long at, Progress progress) throws IOException {
        return new Copy(image, at, true, Optional.of(Sha256.start()), progress).run();
    }

    /** As the other, without hashing what is copied; tells the bytes sent as data. */
    long send(DiskImage image, long at, Progress progress) throws IOException {
        return new Copy(image, at, true, Optional.empty(), progress).run().sent();
    }

    /** As the other, but leaves the disk as it is between the image's stretches of data. */
    Written copyData(DiskImage image, long at, Progress progress) throws IOException {
        return new Copy(image, at, false, Optional.of(Sha256.start()), progress).run();
    }

    /** Looks whether the disk holds what {@link #copy} brought there; of the image only the map is used. */
    ReadBack.Found readBack(DiskImage image, long at, Progress progress) throws IOException {
        ByteBuffer buffer = buffers.take();
        try {
            return new ReadBack(this, disk, image, at, progress).run(buffer);
        } finally {
            buffers.give(buffer);
        }
    }

    /** The next stretch of data, widened to whole blocks of the disk, which it would otherwise have to read first. */
    Optional<Extent> data(DiskImage image, long position) {
        try {
            return image.nextData(position).map(found -> {
                long start = Math.max(position, found.start() / block * block);
                long end = (found.end() + block - 1) / block * block;
                return new Extent(start, Math.min(end, image.size()) - start);
            });
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** Our own file's failure is not the server's. */
    static OperationFailed unreadable(IOException cause) {
        if (cause instanceof UnreadableImageException) {
            return Faults.deploy(
                    "The image cannot be written: " + Faults.words(cause),
                    "Make it anew (qemu-img check finds some faults), upload it, and deploy again.",
                    cause);
        }
        return Faults.storage("Reading the image on the conductor's own disk", cause);
    }

    /** One copy under way. */
    private final class Copy {
        private final DiskImage image;
        private final long at;
        private final boolean fill;
        private final Progress progress;
        private final Optional<MessageDigest> digest;
        private long zerosFrom;
        private long zeros;
        private long sent;

        Copy(DiskImage image, long at, boolean fill, Optional<MessageDigest> digest, Progress progress) {
            this.image = image;
            this.at = at;
            this.fill = fill;
            this.digest = digest;
            this.progress = progress;
        }

        Written run() throws IOException {
            ByteBuffer buffer = buffers.take();
            try {
                long done = 0;
                for (Optional<Extent> next = data(image, 0); next.isPresent(); next = data(image, done)) {
                    gap(done, next.get().start());
                    stretch(next.get(), buffer);
                    done = next.get().end();
                }
                gap(done, image.size());
                endZeros();
                progress.at(image.size(), image.size());
                return new Written(sent, digest.map(Sha256::hex).orElse(""));
            } finally {
                buffers.give(buffer);
            }
        }

        private void gap(long from, long to) throws IOException {
            for (long done = from; fill && done < to; ) {
                long count = Math.min(to - done, ZEROS_AT_ONCE - zeros);
                gatherZeros(at + done, count + padding(done + count));
                done += count;
                passed(done);
            }
        }

        private void stretch(Extent extent, ByteBuffer buffer) throws IOException {
            for (long done = extent.start(); done < extent.end(); ) {
                int count = (int) Math.min(buffer.capacity(), extent.end() - done);
                read(done, buffer.clear().limit(count));
                hash(buffer.flip());
                pad(buffer.rewind(), padding(done + count));
                split(buffer, at + done);
                done += count;
                passed(done);
            }
        }

        /** Tells how far it is; what is gathered has not been made yet. */
        private void passed(long done) throws IOException {
            if (zeros >= ZEROS_AT_ONCE) {
                endZeros();
            }
            if (done < image.size()) {
                progress.at(done - zeros, image.size());
            }
        }

        private void hash(ByteBuffer bytes) {
            digest.ifPresent(each -> each.update(bytes));
        }

        private void read(long position, ByteBuffer target) {
            try {
                image.read(position, target);
            } catch (IOException e) {
                throw unreadable(e);
            }
        }

        /** How much is missing to a whole block of the disk, so that it need not read it first. */
        private int padding(long position) {
            return (int) -position & block - 1;
        }

        private static void pad(ByteBuffer buffer, int count) {
            int end = buffer.limit();
            buffer.limit(end + count);
            while (end < buffer.limit()) {
                buffer.put(end++, (byte) 0);
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

        private void gatherZeros(long position, long count) throws IOException {
            if (zeros > 0 && zerosFrom + zeros != position) {
                endZeros();
            }
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

package io.ferric.deploy;

import io.ferric.image.DiskImage;
import io.ferric.image.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads a whole image back from the disk it was copied to. Its data are all read. Of the empty stretches between them,
 * which the disk was told to make zeros, short ones are read wholly and long ones here and there: at both ends and at
 * places in between, so that a disk which does not keep its word is found and a large, mostly empty image costs little.
 * For one thread and one use.
 */
final class ReadBack {
    /** Empty stretches up to this are read wholly. */
    static final long SHORT = Mib.BYTES;

    private static final int SAMPLE = 64 * 1024;
    private static final int EDGE = 4 * SAMPLE;
    /** Samples lie so far apart, and farther where one stretch would need too many. */
    private static final long STEP = 16 * Mib.BYTES;

    private static final int MOST_SAMPLES = 256;

    private final DiskWriter writer;
    private final Disk disk;
    private final DiskImage image;
    private final long at;
    private final Progress progress;
    private final MessageDigest digest = Sha256.start();
    private OptionalLong garbage = OptionalLong.empty();
    private boolean sampled;

    ReadBack(DiskWriter writer, Disk disk, DiskImage image, long at, Progress progress) {
        this.writer = writer;
        this.disk = disk;
        this.image = image;
        this.at = at;
        this.progress = progress;
    }

    /**
     * What was found.
     *
     * @param sha256 what the stretches of data hash to, one behind the other, as {@link DiskWriter.Written#sha256}
     * @param garbage the first place of the image, as far as was looked, that should read as zeros and does not
     * @param sampled whether parts of empty stretches were left unread
     */
    record Found(String sha256, OptionalLong garbage, boolean sampled) {}

    Found run(ByteBuffer buffer) throws IOException {
        long done = 0;
        for (Optional<Extent> next = writer.data(image, 0); next.isPresent(); next = writer.data(image, done)) {
            gap(done, next.get().start(), buffer);
            data(next.get(), buffer);
            done = next.get().end();
        }
        gap(done, image.size(), buffer);
        progress.at(image.size(), image.size());
        return new Found(Sha256.hex(digest), garbage, sampled);
    }

    private void data(Extent extent, ByteBuffer buffer) throws IOException {
        for (long done = extent.start(); done < extent.end(); done += buffer.limit()) {
            read(done, extent.end() - done, buffer);
            digest.update(buffer);
            tell(done + buffer.limit());
        }
    }

    private void gap(long from, long to, ByteBuffer buffer) throws IOException {
        long length = to - from;
        if (length <= SHORT) {
            zeros(from, length, buffer);
            return;
        }
        sampled = true;
        zeros(from, EDGE, buffer);
        long step = Math.max(STEP, length / MOST_SAMPLES);
        for (long cell = from; cell < to; cell += step) {
            long width = Math.min(step, to - cell);
            long sample = cell + within(cell, Math.max(1, width - SAMPLE)) / SAMPLE * SAMPLE;
            zeros(sample, Math.min(SAMPLE, to - sample), buffer);
        }
        zeros(to - EDGE, EDGE, buffer);
    }

    /** A place that differs from step to step, for a disk may fail at the same place of each command. */
    private static long within(long cell, long width) {
        return Long.remainderUnsigned(cell / SAMPLE * 0x9E37_79B9_7F4A_7C15L >>> 11, width);
    }

    private void zeros(long from, long length, ByteBuffer buffer) throws IOException {
        for (long done = 0; done < length; done += buffer.limit()) {
            read(from + done, length - done, buffer);
            if (garbage.isEmpty() && !Zeros.only(buffer)) {
                garbage = OptionalLong.of(from + done);
            }
            tell(from + done + buffer.limit());
        }
    }

    private void read(long position, long most, ByteBuffer buffer) throws IOException {
        disk.position(at + position);
        buffer.clear().limit((int) Math.min(buffer.capacity(), most));
        DiskIo.fill(disk, buffer);
        buffer.flip();
    }

    private void tell(long done) {
        if (done < image.size()) {
            progress.at(done, image.size());
        }
    }
}

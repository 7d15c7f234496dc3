package io.ferric.deploy;

import io.ferric.image.DiskImage;
import io.ferric.image.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads a whole image back from the disk it was copied to. Its data are all read; the empty stretches between
 * them, which the disk was told to make zeros, are looked at by {@link ZeroSamples}.
 * For one thread and one use.
 */
final class ReadBack {
    private final DiskWriter writer;
    private final Disk disk;
    private final DiskImage image;
    private final long at;
    private final Progress progress;
    private final MessageDigest digest = Sha256.start();
    private final ZeroSamples samples = new ZeroSamples(this::readGap);
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
            sampled |= samples.look(done, next.get().start(), buffer);
            data(next.get(), buffer);
            done = next.get().end();
        }
        sampled |= samples.look(done, image.size(), buffer);
        progress.at(image.size(), image.size());
        return new Found(Sha256.hex(digest), samples.garbage(), sampled);
    }

    private void data(Extent extent, ByteBuffer buffer) throws IOException {
        for (long done = extent.start(); done < extent.end(); done += buffer.limit()) {
            read(done, extent.end() - done, buffer);
            digest.update(buffer);
            tell(done + buffer.limit());
        }
    }

    private void readGap(long position, long most, ByteBuffer buffer) throws IOException {
        read(position, most, buffer);
        tell(position + buffer.limit());
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

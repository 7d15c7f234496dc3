package io.ferric.image;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The disk or file system inside an image file, whatever the format of the file: bytes at places, with stretches between
 * them that nobody ever wrote and that read as zeros.
 *
 * <p>It is gone through from the front: ask {@link #nextData} where data begin, {@link #read} them, go on behind them.
 * Positions never go back, for some formats can only be read once; open the image again to read it again. For one thread.
 */
public interface DiskImage extends Closeable {
    /** Bytes of the disk, which are not those of the file. */
    long size();

    /** Whether the file holds these bytes just as they are, so that a hash of the one is a hash of the other. */
    boolean verbatim();

    /** What the content is, judged by a look at some places of it; read nothing else meanwhile. */
    ImageInfo content() throws IOException;

    /** The first stretch at or behind a position that may hold other bytes than zeros; empty when there is none. */
    Optional<Extent> nextData(long position) throws IOException;

    /**
     * Fills a buffer with what is at a position.
     *
     * @throws java.io.EOFException if the image ends before
     */
    void read(long position, ByteBuffer target) throws IOException;

    /**
     * Opens an image of any format that can be deployed, judged by its content: raw, qcow2, or a raw one compressed by
     * gzip, xz or zstd. Its tables are all looked at, and a compressed one is read to its end to learn its size.
     *
     * @throws UnreadableImageException if its format is none of these, or something is wrong with it
     * @throws IOException if the file cannot be read
     */
    static DiskImage open(Path file) throws IOException {
        return open(file, Long.MAX_VALUE);
    }

    /** As the other, but refuses a content of more than so many bytes. */
    static DiskImage open(Path file, long most) throws IOException {
        return open(file, most, done -> {});
    }

    /**
     * As the other, for those who want to follow or stop it.
     *
     * @param passed told, every 64 MiB or so, how many bytes of the content were looked through; it may throw
     */
    static DiskImage open(Path file, long most, LongConsumer passed) throws IOException {
        return DiskImages.open(file, most, passed);
    }

    /** Opens an image that was opened before and had this size then, without looking for what may be wrong with it. */
    static DiskImage reopen(Path file, long size) throws IOException {
        return DiskImages.reopen(file, size);
    }

    /** Opens a file as it is, all of which counts as data. */
    static DiskImage raw(Path file) throws IOException {
        return RawImage.open(file);
    }

    /** Opens a file as it is, of which only these stretches count as data, whatever their order. */
    static DiskImage raw(Path file, List<Extent> data) throws IOException {
        return RawImage.open(file, data);
    }
}

package io.ferric.image;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

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

    /** The first stretch at or behind a position that may hold other bytes than zeros; empty when there is none. */
    Optional<Extent> nextData(long position) throws IOException;

    /**
     * Fills a buffer with what is at a position.
     *
     * @throws java.io.EOFException if the image ends before
     */
    void read(long position, ByteBuffer target) throws IOException;

    /**
     * Opens an image of any format that can be deployed, judged by its content.
     *
     * @throws IOException if the file cannot be read or its format is none of these; the message says why
     */
    static DiskImage open(Path file) throws IOException {
        return raw(file);
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

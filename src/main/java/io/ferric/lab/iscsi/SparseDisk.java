package io.ferric.lab.iscsi;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;

/**
 * A disk in a sparse file. Zeros that go where nothing was ever written are not written at all, so a disk of any size
 * costs only what was put on it.
 *
 * <p>Thread-safe for reads and writes that do not overlap, as a disk is. Do not interrupt a thread that is inside: the
 * JDK then closes the file under everyone.
 */
public final class SparseDisk implements Closeable {
    /** The size of a logical block in bytes. */
    public static final int BLOCK = 512;

    private static final int GRANULE = 64 * 1024;
    private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(1 << 20).asReadOnlyBuffer();

    private final FileChannel file;
    private final long size;
    private final BitSet touched;

    private SparseDisk(FileChannel file, long size) {
        this.file = file;
        this.size = size;
        this.touched = new BitSet(Math.toIntExact(size / GRANULE + 1));
    }

    /**
     * Opens the file as a disk of {@code size} bytes, a multiple of 512; a missing or shorter file is made as long, a
     * longer one is left alone.
     */
    public static SparseDisk open(Path path, long size) throws IOException {
        if (size <= 0 || size % BLOCK != 0) {
            throw new IllegalArgumentException("disk size " + size + " is no positive multiple of " + BLOCK);
        }
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        SparseDisk disk = new SparseDisk(file, size);
        long found = file.size();
        disk.mark(0, Math.min(found, size));
        if (found < size) {
            file.write(ByteBuffer.allocate(1), size - 1);
        }
        return disk;
    }

    /** The size in bytes. */
    public long size() {
        return size;
    }

    /** Fills the buffer from {@code position}. */
    public void read(long position, ByteBuffer target) throws IOException {
        check(position, target.remaining());
        long at = position;
        while (target.hasRemaining()) {
            int count = file.read(target, at);
            if (count < 0) {
                throw new EOFException("the disk file ends at " + at + ", expected " + size);
            }
            at += count;
        }
    }

    /** Writes all of the buffer at {@code position}. */
    public void write(long position, ByteBuffer source) throws IOException {
        int length = source.remaining();
        check(position, length);
        if (isZero(source) && untouched(position, length)) {
            source.position(source.limit());
            return;
        }
        mark(position, length);
        writeFully(position, source);
    }

    /** Makes a range read as zeros. */
    public void zero(long position, long length) throws IOException {
        check(position, length);
        long end = position + length;
        long at = nextTouched(position);
        while (at < end) {
            long stop = Math.min(end, (at / GRANULE + 1) * GRANULE);
            zeroWithin(at, (int) (stop - at));
            at = nextTouched(stop);
        }
    }

    /** Waits until all that was written is in the file system's hands. */
    public void flush() throws IOException {
        file.force(false);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void zeroWithin(long position, int length) throws IOException {
        ByteBuffer present = ByteBuffer.allocate(length);
        read(position, present);
        if (!isZero(present.flip())) {
            writeFully(position, ZEROS.slice(0, length));
        }
        if (length == GRANULE) {
            synchronized (touched) {
                touched.clear(Math.toIntExact(position / GRANULE));
            }
        }
    }

    private void writeFully(long position, ByteBuffer source) throws IOException {
        long at = position;
        while (source.hasRemaining()) {
            at += file.write(source, at);
        }
    }

    private static boolean isZero(ByteBuffer data) {
        for (int at = data.position(); at < data.limit(); at += ZEROS.capacity()) {
            int length = Math.min(ZEROS.capacity(), data.limit() - at);
            if (data.slice(at, length).mismatch(ZEROS.slice(0, length)) >= 0) {
                return false;
            }
        }
        return true;
    }

    private boolean untouched(long position, long length) {
        return nextTouched(position) >= position + length;
    }

    /** The first position from here on where something may have been written. */
    private long nextTouched(long position) {
        synchronized (touched) {
            int next = touched.nextSetBit(Math.toIntExact(position / GRANULE));
            return next < 0 ? Long.MAX_VALUE : Math.max(position, (long) next * GRANULE);
        }
    }

    private void mark(long position, long length) {
        if (length > 0) {
            synchronized (touched) {
                touched.set(
                        Math.toIntExact(position / GRANULE), Math.toIntExact((position + length - 1) / GRANULE) + 1);
            }
        }
    }

    private void check(long position, long length) {
        if (position < 0 || length < 0 || position > size - length) {
            throw new IllegalArgumentException(length + " bytes at " + position + " of a disk of " + size);
        }
    }
}

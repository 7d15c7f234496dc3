package io.ferric.deploy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A disk that is a file. Counts what is done with it, and fails when told to. */
public final class FileDisk implements Disk {
    private final FileChannel file;
    private final int blockSize;
    private long dataBytes;
    private long readBytes;
    private long zeroedBytes;
    private long longestZero;
    private int flushes;
    private int closes;
    private long failAfter = Long.MAX_VALUE;
    private boolean forgetful;
    private Action atClose = () -> {};

    /** Something that may fail. */
    @FunctionalInterface
    public interface Action {
        void run() throws IOException;
    }

    private FileDisk(FileChannel file, int blockSize) {
        this.file = file;
        this.blockSize = blockSize;
    }

    /** A disk of 512-byte blocks on an existing file, as large as that. */
    public static FileDisk on(Path path) throws IOException {
        return on(path, 512);
    }

    public static FileDisk on(Path path, int blockSize) throws IOException {
        return new FileDisk(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE), blockSize);
    }

    /** Makes a sparse file to be a disk. */
    public static Path create(Path path, long bytes) throws IOException {
        try (FileChannel channel =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ)) {
            channel.write(ByteBuffer.allocate(1), bytes - 1);
        }
        return path;
    }

    /** Lets every write fail after so many bytes of data. */
    public FileDisk failingAfter(long bytes) {
        failAfter = bytes;
        return this;
    }

    /** Claims to make zeros but does not. */
    public FileDisk forgettingZeros() {
        forgetful = true;
        return this;
    }

    /** Something to happen when it is closed. */
    public FileDisk onClose(Action action) {
        atClose = action;
        return this;
    }

    public long dataBytes() {
        return dataBytes;
    }

    public long readBytes() {
        return readBytes;
    }

    public long zeroedBytes() {
        return zeroedBytes;
    }

    /** The most that was made zeros by one call. */
    public long longestZero() {
        return longestZero;
    }

    public int flushes() {
        return flushes;
    }

    public int closes() {
        return closes;
    }

    @Override
    public int blockSize() {
        return blockSize;
    }

    @Override
    public void zero(long position, long length) throws IOException {
        refuseOutside(position, length);
        zeroedBytes += length;
        longestZero = Math.max(longestZero, length);
        ByteBuffer piece = ByteBuffer.allocate(1 << 20);
        for (long done = 0; done < length && !forgetful; done += piece.limit()) {
            piece.clear().limit((int) Math.min(piece.capacity(), length - done));
            zeroUnlessZero(piece, position + done);
        }
    }

    /** Leaves holes what they are, so that large disks cost nothing. */
    private void zeroUnlessZero(ByteBuffer piece, long at) throws IOException {
        while (piece.hasRemaining() && file.read(piece, at + piece.position()) >= 0) {
            continue;
        }
        if (!Zeros.only(piece.flip())) {
            file.write(ByteBuffer.allocate(piece.limit()), at);
        }
    }

    @Override
    public void flush() {
        flushes++;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        int count = file.read(target);
        readBytes += Math.max(0, count);
        return count;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        refuseOutside(file.position(), source.remaining());
        if (dataBytes + source.remaining() > failAfter) {
            throw new IOException("medium error: write fault");
        }
        dataBytes += source.remaining();
        return file.write(source);
    }

    @Override
    public long position() throws IOException {
        return file.position();
    }

    @Override
    public FileDisk position(long newPosition) throws IOException {
        file.position(newPosition);
        return this;
    }

    @Override
    public long size() throws IOException {
        return file.size();
    }

    @Override
    public FileDisk truncate(long size) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOpen() {
        return file.isOpen();
    }

    @Override
    public void close() throws IOException {
        closes++;
        file.close();
        atClose.run();
    }

    private void refuseOutside(long position, long length) throws IOException {
        if (position < 0 || length < 0 || position + length > file.size()) {
            throw new IOException("outside the disk: " + length + " bytes at " + position);
        }
        if (position % blockSize != 0 || length % blockSize != 0) {
            throw new IOException("not at a block: " + length + " bytes at " + position);
        }
    }
}

package io.ferric.image;

import io.ferric.image.Qcow2Map.Kind;
import io.ferric.image.Qcow2Map.Run;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * The disk in a qcow2 file of version 2 or 3, without internal snapshots; clusters may be compressed, be marked as zero,
 * and have subclusters. Files with a backing file, a data file, encryption or the mark of corruption are refused. What is
 * held is the same for every size. Source: QEMU {@code docs/interop/qcow2.txt}.
 */
final class Qcow2Image implements DiskImage {
    /** So much is told of at once, to be read in large pieces. */
    private static final long LONGEST = 64L << 20;

    private final FileChannel file;
    private final Qcow2Header header;
    private final Qcow2Map map;
    private final ClusterUnpacker unpacker;
    private ByteBuffer packed = ByteBuffer.allocateDirect(0);
    private ByteBuffer unpacked = ByteBuffer.allocateDirect(0);
    private long unpackedAt = -1;
    private Run run = new Run(Kind.ZEROS, 0, 0, 0, 0);

    private Qcow2Image(FileChannel file, Qcow2Header header) throws IOException {
        this.file = file;
        this.header = header;
        this.map = new Qcow2Map(header, file);
        this.unpacker = ClusterUnpacker.of(header);
    }

    /** Opens a file of which {@link ImageInfo} says no harm. */
    static Qcow2Image open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        try {
            return new Qcow2Image(file, Qcow2Header.read(file));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Opens it and looks through all tables, so that no wrong entry turns up when half of the disk is written. */
    static Qcow2Image checked(Path path, LongConsumer passed) throws IOException {
        Qcow2Image image = open(path);
        try {
            image.map.check(passed);
            return image;
        } catch (IOException | RuntimeException e) {
            image.close();
            throw e;
        }
    }

    @Override
    public long size() {
        return header.size();
    }

    @Override
    public boolean verbatim() {
        return false;
    }

    @Override
    public ImageInfo content() throws IOException {
        return ImageInfo.inspect(new DiskImageChannel(size(), this::read));
    }

    @Override
    public Optional<Extent> nextData(long position) throws IOException {
        long start = position;
        while (start < size() && at(start).kind() == Kind.ZEROS) {
            start = run.end();
        }
        long end = start;
        while (end < size() && end - start < LONGEST && at(end).kind() != Kind.ZEROS) {
            end = run.end();
        }
        long length = Math.min(end, size()) - start;
        return length <= 0 ? Optional.empty() : Optional.of(new Extent(start, length));
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        if (position < 0 || target.remaining() > size() - position) {
            throw new EOFException("the disk in the image ends at " + size());
        }
        long at = position;
        int end = target.limit();
        while (target.position() < end) {
            at(at);
            int count = (int) Math.min(end - target.position(), run.end() - at);
            target.limit(target.position() + count);
            copy(at, target);
            target.limit(end);
            at += count;
        }
    }

    private Run at(long position) throws IOException {
        if (position < run.start() || position >= run.end()) {
            run = map.at(position);
        }
        return run;
    }

    private void copy(long at, ByteBuffer target) throws IOException {
        switch (run.kind()) {
            case ZEROS -> zeros(target);
            case BYTES -> fill(run.file() + at - run.start(), target);
            case COMPRESSED -> {
                unpack();
                target.put(unpacked.slice((int) (at - run.start()), target.remaining()));
            }
        }
    }

    private void unpack() throws IOException {
        if (unpackedAt == run.start()) {
            return;
        }
        unpackedAt = -1;
        if (unpacked.capacity() == 0) {
            unpacked = ByteBuffer.allocateDirect((int) header.clusterSize());
            packed = ByteBuffer.allocateDirect(2 * (int) header.clusterSize());
        }
        fill(run.file(), packed.clear().limit((int) run.stored()));
        unpacker.unpack(packed.flip(), unpacked.clear());
        unpackedAt = run.start();
    }

    /** Every cluster begins within the file, but the last one need not end there. */
    private void fill(long position, ByteBuffer target) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int count = file.read(target, at);
            if (count < 0) {
                zeros(target);
            }
            at += count;
        }
    }

    private static void zeros(ByteBuffer target) {
        while (target.remaining() >= Long.BYTES) {
            target.putLong(0);
        }
        while (target.hasRemaining()) {
            target.put((byte) 0);
        }
    }

    @Override
    public void close() throws IOException {
        try (file) {
            unpacker.close();
        }
    }
}

package io.ferric.image;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A file that holds the bytes of a disk just as they are. */
final class RawImage implements DiskImage {
    private final FileChannel file;
    private final long size;
    private final List<Extent> data;
    private int next;

    private RawImage(FileChannel file, long size, List<Extent> data) {
        this.file = file;
        this.size = size;
        this.data = data;
    }

    static RawImage open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        try {
            long size = file.size();
            return new RawImage(file, size, size == 0 ? List.of() : List.of(new Extent(0, size)));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    static RawImage open(Path path, List<Extent> data) throws IOException {
        FileChannel file = FileChannel.open(path);
        try {
            return new RawImage(file, file.size(), ascending(data));
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static List<Extent> ascending(List<Extent> data) {
        return data.stream().sorted(Comparator.comparingLong(Extent::start)).toList();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean verbatim() {
        return true;
    }

    @Override
    public ImageInfo content() throws IOException {
        return ImageInfo.inspect(file);
    }

    @Override
    public Optional<Extent> nextData(long position) {
        while (next < data.size() && data.get(next).end() <= position) {
            next++;
        }
        return next == data.size() ? Optional.empty() : Optional.of(from(position, data.get(next)));
    }

    private static Extent from(long position, Extent extent) {
        long start = Math.max(position, extent.start());
        return new Extent(start, extent.end() - start);
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        for (long at = position; target.hasRemaining(); ) {
            int count = file.read(target, at);
            if (count < 0) {
                throw new EOFException("the file ends at " + at);
            }
            at += count;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

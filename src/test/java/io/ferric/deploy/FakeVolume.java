package io.ferric.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A file system with as much room as a test wants, and one that runs full. */
final class FakeVolume implements Volume {
    private final Map<Path, Object> devices = new HashMap<>();
    private long capacity = Long.MAX_VALUE;
    private Optional<Runnable> onCopy = Optional.empty();
    private Path counted;
    private long roomForData = Long.MAX_VALUE;

    /** Free is the capacity less the files in this folder. */
    FakeVolume capacity(long bytes, Path folder) {
        capacity = bytes;
        counted = folder;
        return this;
    }

    FakeVolume device(Path folder, Object device) {
        devices.put(folder, device);
        return this;
    }

    /** Writes beyond so many bytes of one file fail as on a full disk. */
    FakeVolume fullAfter(long bytes) {
        roomForData = bytes;
        return this;
    }

    /** Makes no links, as between file systems; this happens before each copy. */
    FakeVolume withoutLinks(Runnable beforeCopy) {
        onCopy = Optional.of(beforeCopy);
        return this;
    }

    @Override
    public void link(Path name, Path file) throws IOException {
        if (onCopy.isPresent()) {
            throw new FileSystemException(name.toString(), file.toString(), "Invalid cross-device link");
        }
        Volume.super.link(name, file);
    }

    @Override
    public void copy(InputStream from, Path file) throws IOException {
        onCopy.orElseThrow().run();
        Volume.super.copy(from, file);
    }

    @Override
    public long free(Path folder) throws IOException {
        return counted == null ? capacity : capacity - used(counted);
    }

    @Override
    public Object device(Path folder) {
        return devices.getOrDefault(folder, "disk");
    }

    @Override
    public SeekableByteChannel create(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return roomForData == Long.MAX_VALUE ? channel : new Full(channel, roomForData);
    }

    private static long used(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            long sum = 0;
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(each);
            }
            return sum;
        }
    }

    private record Full(FileChannel file, long room) implements SeekableByteChannel {
        @Override
        public int write(ByteBuffer source) throws IOException {
            if (file.position() + source.remaining() > room) {
                throw new IOException("No space left on device");
            }
            return file.write(source);
        }

        @Override
        public int read(ByteBuffer target) throws IOException {
            return file.read(target);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public SeekableByteChannel position(long newPosition) throws IOException {
            return file.position(newPosition);
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            return file.truncate(size);
        }

        @Override
        public boolean isOpen() {
            return file.isOpen();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}

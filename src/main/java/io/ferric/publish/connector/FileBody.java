package io.ferric.publish.connector;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.openstack4j.model.common.Payload;

/**
 * A file, or a slice of one, as the body of a request. {@link HttpTransport} reads it anew for each try; a try fails when
 * the file is not what it was when this object was made, so that the halves of two versions are never put together.
 *
 * <p>openstack4j itself opens a payload once and knows it as a stream only, which is why this is both.
 */
public final class FileBody extends InputStream implements Payload<Path>, Body {
    private final Path path;
    private final long offset;
    private final long length;
    private final long fileSize;
    private final FileTime modified;
    private final Observer observer;
    private Optional<FileChannel> reading = Optional.empty();
    private long position;

    /** Sees what is sent, in order, on the thread that sends; to compute a checksum meanwhile. */
    public interface Observer {
        /** A try begins: what was seen before counts no more. */
        void started();

        /** The next octets; to be read at once, and not kept. */
        void sent(ByteBuffer octets);
    }

    /** The file is not what it was: to send it again is of no use, and the body must be made anew. */
    public static final class Changed extends IOException {
        private static final long serialVersionUID = 1L;

        private Changed(Path path) {
            super(path + " has changed while it was sent");
        }
    }

    private enum Nobody implements Observer {
        INSTANCE;

        @Override
        public void started() {}

        @Override
        public void sent(ByteBuffer octets) {}
    }

    /** The whole file as it is now. */
    public FileBody(Path path) throws IOException {
        this(path, attributes(path), 0, Long.MAX_VALUE, Nobody.INSTANCE);
    }

    /**
     * The slice of a file that begins at an offset.
     *
     * @throws IOException when the file ends before the slice does
     */
    public FileBody(Path path, long offset, long length) throws IOException {
        this(path, attributes(path), offset, length, Nobody.INSTANCE);
        if (offset < 0 || length < 0 || length > fileSize - offset) {
            throw new IOException(path + " has " + fileSize + " octets, not " + length + " from " + offset + " on");
        }
    }

    private FileBody(Path path, BasicFileAttributes file, long offset, long longest, Observer observer) {
        this.path = path;
        this.offset = offset;
        this.fileSize = file.size();
        this.length = Math.min(longest, fileSize - offset);
        this.modified = file.lastModifiedTime();
        this.observer = observer;
    }

    private FileBody(FileBody whole, long offset, long length) {
        this.path = whole.path;
        this.offset = offset;
        this.length = length;
        this.fileSize = whole.fileSize;
        this.modified = whole.modified;
        this.observer = whole.observer;
    }

    private FileBody(FileBody same, Observer observer) {
        this.path = same.path;
        this.offset = same.offset;
        this.length = same.length;
        this.fileSize = same.fileSize;
        this.modified = same.modified;
        this.observer = observer;
    }

    /** A slice of this, of the file as it was when this was made. */
    public FileBody slice(long from, long count) {
        if (from < 0 || count < 0 || count > length - from) {
            throw new IllegalArgumentException(count + " octets from " + from + " on, of " + length);
        }
        return new FileBody(this, offset + from, count);
    }

    /** The same, with somebody who sees what is sent. */
    public FileBody observedBy(Observer other) {
        return new FileBody(this, other);
    }

    private static BasicFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public long length() {
        return length;
    }

    Observer observer() {
        return observer;
    }

    /** The file, standing at the first octet of the slice. */
    FileChannel channel() throws IOException {
        requireUnchanged();
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        channel.position(offset);
        return channel;
    }

    /** To be asked before the last octets are handed on as well: a file may be written while it is read. */
    void requireUnchanged() throws IOException {
        BasicFileAttributes now = attributes(path);
        if (now.size() != fileSize || !now.lastModifiedTime().equals(modified)) {
            throw changed();
        }
    }

    Changed changed() {
        return new Changed(path);
    }

    @Override
    public InputStream open() {
        return this;
    }

    @Override
    public Path getRaw() {
        return path;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] octets, int from, int most) throws IOException {
        if (reading.isEmpty()) {
            reading = Optional.of(channel());
        }
        int wanted = (int) Math.min(most, length - position);
        if (wanted == 0) {
            return most == 0 ? 0 : -1;
        }
        int count = reading.get().read(ByteBuffer.wrap(octets, from, wanted));
        if (count < 0) {
            throw changed();
        }
        position += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        if (reading.isPresent()) {
            reading.get().close();
        }
    }

    @Override
    public void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            // Reading has failed already, or has come to its end.
        }
    }
}

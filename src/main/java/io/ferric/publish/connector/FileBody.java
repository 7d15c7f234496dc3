package io.ferric.publish.connector;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.openstack4j.model.common.Payload;

/**
 * A file as the body of a request. {@link JdkConnector} sends it with its length and can open it again for a second try;
 * openstack4j itself opens a payload once and knows it as a stream only, which is why this is both.
 */
public final class FileBody extends InputStream implements Payload<Path> {
    private final Path path;
    private InputStream stream = InputStream.nullInputStream();
    private boolean opened;

    public FileBody(Path path) {
        this.path = path;
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
        return stream().read();
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        return stream().read(octets, offset, length);
    }

    private InputStream stream() throws IOException {
        if (!opened) {
            stream = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS);
            opened = true;
        }
        return stream;
    }

    @Override
    public void close() throws IOException {
        stream.close();
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

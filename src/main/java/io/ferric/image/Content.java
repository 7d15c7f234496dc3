package io.ferric.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The bytes of one file that goes into an image. It can be opened as often as wanted and knows its size beforehand, so
 * that an image is laid out first and then written in one pass.
 *
 * <p>Implementations must deliver exactly {@link #size()} bytes at each {@link #open()}; a writer that sees more or
 * fewer fails with {@link ImageCreationException}.
 */
public interface Content {

    /** The number of bytes; asked once for an image. */
    long size() throws IOException;

    /** A new stream over all bytes; the caller closes it. */
    InputStream open() throws IOException;

    /** Content held in memory; the array is copied. */
    static Content of(byte[] bytes) {
        return new BytesContent(bytes.clone());
    }

    /** Text as UTF-8. */
    static Content of(String utf8) {
        return new BytesContent(utf8.getBytes(StandardCharsets.UTF_8));
    }

    /** A regular file; anything else, a device for example, fails when its size is asked for. */
    static Content of(Path file) {
        return new FileContent(file);
    }
}

package io.ferric.image;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZIOException;
import org.tukaani.xz.XZInputStream;

/** Opens compressed files as streams of what is in them, with a limit on the memory their headers may ask for. */
final class Decompression {
    /** What the zstd program takes without further options: 128 MiB, outside of Java's heap. */
    private static final int ZSTD_WINDOW_BITS = 27;
    /** What {@code xz -9} needs, and a little more. */
    private static final long MOST_XZ_MEMORY = 72L << 20;

    private Decompression() {}

    /** All members, streams or frames one behind the other; every checksum is checked. */
    static InputStream open(Path file, ImageFormat format) throws IOException {
        InputStream in = Files.newInputStream(file);
        try {
            return new Translated(
                    switch (format) {
                        case GZIP -> new GzipStream(in);
                        case XZ -> new XZInputStream(new BufferedInputStream(in, 1 << 16), xzMemoryKib());
                        case ZSTD -> zstd(in);
                        default -> throw new IllegalArgumentException("no stream: " + format);
                    });
        } catch (IOException e) {
            in.close();
            throw translate(e);
        }
    }

    private static InputStream zstd(InputStream in) throws IOException {
        ZstdLibrary.require();
        return new ZstdInputStreamNoFinalizer(in).setLongMax(ZSTD_WINDOW_BITS);
    }

    /** A dictionary lies in Java's heap, of which one image must not take most. */
    private static int xzMemoryKib() {
        return (int) (Math.min(MOST_XZ_MEMORY, Runtime.getRuntime().maxMemory() / 3) >> 10);
    }

    private static IOException translate(IOException e) {
        if (e instanceof MemoryLimitException limit) {
            return new UnreadableImageException(
                    "its xz data need " + limit.getMemoryNeeded() / 1024 + " MiB of memory, more than the "
                            + limit.getMemoryLimit() / 1024
                            + " MiB there are for an image; cure: compress it by xz -6, or give Java a larger -Xmx",
                    e);
        }
        if (e instanceof EOFException) {
            return new UnreadableImageException("it is truncated: its compressed data break off", e);
        }
        if (e instanceof XZIOException || e instanceof ZstdIOException) {
            return new UnreadableImageException("its compressed data cannot be read: " + words(e), e);
        }
        return e;
    }

    private static String words(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }

    /** A stream whose complaints are ours. */
    private static final class Translated extends InputStream {
        private final InputStream in;

        Translated(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                return in.read(target, offset, length);
            } catch (IOException e) {
                throw translate(e);
            }
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}

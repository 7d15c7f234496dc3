package io.ferric.image.ramdisk;

import io.ferric.image.Content;
import io.ferric.image.ImageCreationException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.apache.commons.compress.compressors.zstandard.ZstdCompressorInputStream;

/** What a file holds that may be packed with gzip, xz or zstd, as its name tells; unpacked anew each time it is read. */
record Compressed(Path file) implements Content {
    /** More than the biggest module or firmware; a stop for what grows without end. */
    private static final int LARGEST = 128 * 1024 * 1024;

    /** The memory in KiB that xz may take to unpack: its own presets stay below. */
    private static final int XZ_MEMORY = 128 * 1024;

    /** The name without {@code .gz}, {@code .xz} or {@code .zst}. */
    static String plainName(String name) {
        return name.replaceFirst("\\.(gz|xz|zst)$", "");
    }

    /** The file as it is if its name tells of no compression. */
    static Content of(Path file) {
        String name = file.getFileName().toString();
        return plainName(name).equals(name) ? Content.of(file) : new Compressed(file);
    }

    /** Unpacks a stream of which the name tells the compression. */
    static InputStream unpack(String name, InputStream packed) throws IOException {
        if (name.endsWith(".gz")) {
            return new GZIPInputStream(packed);
        }
        if (name.endsWith(".xz")) {
            return XZCompressorInputStream.builder()
                    .setInputStream(packed)
                    .setMemoryLimitKiB(XZ_MEMORY)
                    .get();
        }
        return name.endsWith(".zst") ? new ZstdCompressorInputStream(packed) : packed;
    }

    @Override
    public long size() throws IOException {
        try (InputStream in = open()) {
            return in.transferTo(OutputStream.nullOutputStream());
        }
    }

    @Override
    public InputStream open() throws IOException {
        return new Limited(
                unpack(file.getFileName().toString(), new BufferedInputStream(Files.newInputStream(file))), file);
    }

    @Override
    public String toString() {
        return file.toString();
    }

    private static final class Limited extends FilterInputStream {
        private final Path file;
        private long left = LARGEST;

        Limited(InputStream in, Path file) {
            super(in);
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int from, int length) throws IOException {
            int count = super.read(buffer, from, length);
            left -= Math.max(count, 0);
            if (left < 0) {
                throw new ImageCreationException(file + " unpacks to more than " + LARGEST + " bytes");
            }
            return count;
        }
    }
}

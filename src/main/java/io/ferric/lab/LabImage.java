package io.ferric.lab;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/**
 * The root image that the lab deploys when it is given none: a small ext4 file system, made as docs/lab-image.md says.
 */
public final class LabImage {
    /** The size in bytes. */
    public static final long SIZE = 64L << 20;

    /** The file system's UUID. */
    public static final String UUID = "6f2c1b9e-3d54-4c1e-9a77-1f0f0e5a2b64";

    /** SHA-256 of all bytes, hexadecimal. */
    public static final String SHA256 = "27202d8c2dde4f97208887197b0153739672c417f8a5aece9e5e03e83afc2ff6";

    private static final String RESOURCE = "root.ext4.gz";
    private static final int PIECE = 64 * 1024;

    private LabImage() {}

    /** Unpacks the image into a new sparse file. */
    public static void unpack(Path target) throws IOException {
        byte[] zeros = new byte[PIECE];
        try (InputStream packed = LabImage.class.getResourceAsStream(RESOURCE);
                InputStream image = new GZIPInputStream(packed, PIECE);
                FileChannel file = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long at = 0;
            for (byte[] piece = image.readNBytes(PIECE); piece.length > 0; piece = image.readNBytes(PIECE)) {
                if (!Arrays.equals(piece, 0, piece.length, zeros, 0, piece.length)) {
                    writeFully(file, at, piece);
                }
                at += piece.length;
            }
            if (file.size() < at) {
                writeFully(file, at - 1, new byte[1]);
            }
        }
    }

    private static void writeFully(FileChannel file, long start, byte[] piece) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(piece);
        while (buffer.hasRemaining()) {
            file.write(buffer, start + buffer.position());
        }
    }
}

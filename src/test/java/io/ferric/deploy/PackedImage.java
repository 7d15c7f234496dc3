package io.ferric.deploy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/** Disks packed into files of other formats, without outside programs. */
final class PackedImage {
    private static final int CLUSTER = 64 * 1024;

    private PackedImage() {}

    static byte[] gzip(byte[] disk) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(disk);
        }
        return bytes.toByteArray();
    }

    /** A qcow2 file that holds nothing of the clusters with zeros only; for disks of whole clusters up to 512 MiB. */
    static byte[] qcow2(byte[] disk) throws IOException {
        int clusters = disk.length / CLUSTER;
        ByteBuffer head = ByteBuffer.allocate(5 * CLUSTER);
        head.put(new byte[] {'Q', 'F', 'I', (byte) 0xFB}).putInt(3).putLong(0).putInt(0);
        head.putInt(16).putLong(disk.length).putInt(0).putInt(1).putLong(3 * CLUSTER);
        head.putLong(CLUSTER).putInt(1).putInt(0).putLong(0);
        head.putInt(96, 4).putInt(100, 104);
        head.putLong(CLUSTER, 2 * CLUSTER).putLong(3 * CLUSTER, 1L << 63 | 4 * CLUSTER);
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (int i = 0; i < clusters; i++) {
            byte[] cluster = Arrays.copyOfRange(disk, i * CLUSTER, (i + 1) * CLUSTER);
            if (!Zeros.only(ByteBuffer.wrap(cluster))) {
                head.putLong(4 * CLUSTER + 8 * i, 1L << 63 | head.capacity() + data.size());
                data.write(cluster);
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(head.array());
        data.writeTo(file);
        return file.toByteArray();
    }
}

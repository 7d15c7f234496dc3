package io.ferric.deploy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.UUID;

/** Images that look like an ext4 root file system as far as its superblock goes, with data and runs of zeros. */
final class RootImage {
    static final UUID UUID_OF_ROOT = UUID.fromString("0a1b2c3d-4e5f-4a6b-8c7d-0123456789ab");

    private RootImage() {}

    /** Every fourth 128 KiB are random, the rest zeros. */
    static byte[] bytes(int size) {
        byte[] image = new byte[size];
        Random random = new Random(size);
        for (int from = 64 * 1024; from < size; from += 512 * 1024) {
            byte[] noise = new byte[Math.min(128 * 1024, size - from)];
            random.nextBytes(noise);
            System.arraycopy(noise, 0, image, from, noise.length);
        }
        ByteBuffer superblock = ByteBuffer.wrap(image, 1024, 1024).slice().order(ByteOrder.LITTLE_ENDIAN);
        superblock.putInt(0x04, size / 1024);
        superblock.putInt(0x18, 0);
        superblock.putShort(0x38, (short) 0xEF53);
        superblock.order(ByteOrder.BIG_ENDIAN);
        superblock.putLong(0x68, UUID_OF_ROOT.getMostSignificantBits());
        superblock.putLong(0x70, UUID_OF_ROOT.getLeastSignificantBits());
        return image;
    }

    static Path write(Path file, int size) throws IOException {
        return Files.write(file, bytes(size));
    }

    static String sha256(byte[] bytes) {
        var digest = Sha256.start();
        digest.update(bytes);
        return Sha256.hex(digest);
    }
}

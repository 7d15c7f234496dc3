package io.ferric.publish;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.Arrays;

/** The key that signs URLs: 32 random octets in a file that nobody else may read, made at the first start. */
final class KeyFile {
    private static final int LENGTH = 32;

    private KeyFile() {}

    /** Reads the key, or makes one. Of several who make one at the same time all get the same. */
    static byte[] readOrMake(Path file, SecureRandom random) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            make(file, random);
        }
        OwnerOnly.require(file);
        try (SeekableByteChannel channel =
                Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer key = ByteBuffer.allocate(LENGTH + 1);
            while (channel.read(key) > 0) {
                // until the end, or one octet too many
            }
            if (key.position() != LENGTH) {
                throw new IOException("the key file " + file + " does not hold " + LENGTH
                        + " octets; delete it, and a new one is made (URLs handed out before will be refused)");
            }
            return Arrays.copyOf(key.array(), LENGTH);
        }
    }

    private static void make(Path file, SecureRandom random) throws IOException {
        byte[] key = new byte[LENGTH];
        random.nextBytes(key);
        Path temporary =
                Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new", OwnerOnly.file());
        try {
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(key));
                channel.force(true);
            }
            Files.createLink(file, temporary);
        } catch (FileAlreadyExistsException e) {
            // another publisher of this folder was quicker: its key is the one
        } catch (UnsupportedOperationException e) {
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}

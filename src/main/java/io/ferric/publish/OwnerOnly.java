package io.ferric.publish;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Files and folders that nobody else on this machine may read: floppies hold tokens. Where the file system has no POSIX
 * permissions, its defaults must do.
 */
final class OwnerOnly {
    private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwx------");

    private OwnerOnly() {}

    /** For making a file. */
    static FileAttribute<?>[] file() {
        return attributes(FILE);
    }

    /** Makes a folder, and those above it; one that exists stays as it is. */
    static Path folder(Path path) throws IOException {
        return Files.createDirectories(path, attributes(FOLDER));
    }

    static void require(Path file) throws IOException {
        if (!posix()) {
            return;
        }
        Set<PosixFilePermission> granted = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        if (!FILE.containsAll(granted)) {
            throw new IOException(
                    file + " is open to others (" + PosixFilePermissions.toString(granted) + "); chmod 600 it");
        }
    }

    private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
        return posix()
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
                : new FileAttribute<?>[0];
    }

    private static boolean posix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }
}

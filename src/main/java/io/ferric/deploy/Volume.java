package io.ferric.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file system as the cache needs it: the seam at which tests let a disk run full. */
interface Volume {
    /** The one this process runs on. */
    Volume REAL = new Volume() {};

    /** Bytes that can still be written below this folder. */
    default long free(Path folder) throws IOException {
        return Files.getFileStore(folder).getUsableSpace();
    }

    /** Equal for folders on one file system. */
    default Object device(Path folder) throws IOException {
        return Files.getAttribute(folder, "unix:dev");
    }

    /** A new file, to be written from its start. */
    default SeekableByteChannel create(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** A second name for a file; fails when it would be on another file system. */
    default void link(Path name, Path file) throws IOException {
        Files.createLink(name, file);
    }

    /** A new file with these bytes. */
    default void copy(InputStream from, Path file) throws IOException {
        Files.copy(from, file);
    }
}

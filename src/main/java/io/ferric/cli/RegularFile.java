package io.ferric.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file the user named, which must be one that can be read. */
final class RegularFile {
    private RegularFile() {}

    /** The file itself, or an error that says what it is instead. */
    static Path require(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is " + (Files.isDirectory(file) ? "a folder" : "no regular file"));
        }
        if (!Files.isReadable(file)) {
            throw new IOException(file + " cannot be read: permission denied");
        }
        return file;
    }
}

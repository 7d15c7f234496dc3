package io.ferric.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Small checks on files that several classes here share. */
final class ImageFiles {
    private ImageFiles() {}

    /** The size of a regular file. A device or a pipe is refused before a byte of it is read: its end may never come. */
    static long regularSize(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException(file + " does not exist");
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException(file + " is not a regular file; only regular files are read as images");
        }
        return Files.size(file);
    }
}

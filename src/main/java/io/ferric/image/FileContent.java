package io.ferric.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file on disk, which the kernel copies from file to file where it can. */
record FileContent(Path file) implements Content {
    @Override
    public long size() throws IOException {
        return ImageFiles.regularSize(file);
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(file);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}

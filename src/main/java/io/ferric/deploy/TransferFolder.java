package io.ferric.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A folder for one download, on the file system of its target; closing it deletes it with all that is in it. */
record TransferFolder(Path path) implements AutoCloseable {
    private static final String PREFIX = "transfer-";

    static TransferFolder in(Path parent) throws IOException {
        return new TransferFolder(Files.createTempDirectory(parent, PREFIX));
    }

    static boolean isOne(Path path) {
        return path.getFileName().toString().startsWith(PREFIX) && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** Where the download goes. */
    Path file() {
        return path.resolve("image");
    }

    /** Tells how many bytes that gave back. */
    static long deleteIfUntouchedSince(Path folder, Instant limit) throws IOException {
        long bytes = 0;
        for (Path each : contents(folder)) {
            if (!touchedBefore(each, limit)) {
                return 0;
            }
            bytes += Files.size(each);
        }
        if (!touchedBefore(folder, limit)) {
            return 0;
        }
        new TransferFolder(folder).close();
        return bytes;
    }

    @Override
    public void close() throws IOException {
        for (Path each : contents(path)) {
            Files.deleteIfExists(each);
        }
        Files.deleteIfExists(path);
    }

    private static boolean touchedBefore(Path path, Instant limit) throws IOException {
        return Files.getLastModifiedTime(path, LinkOption.NOFOLLOW_LINKS)
                .toInstant()
                .isBefore(limit);
    }

    private static List<Path> contents(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}

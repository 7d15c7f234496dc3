package io.ferric.publish;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of a {@link LocalPublisher}: a directory of files and the list of them in memory. Whoever reads an object
 * while it is replaced goes on reading the old one. Safe for use by many threads of one process.
 */
final class ObjectDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectDirectory.class);
    private static final String TEMPORARY = ".new-";

    private final Path directory;
    private final Clock clock;
    private final Map<String, StoredObject> objects = new ConcurrentHashMap<>();

    private ObjectDirectory(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** Opens a directory, and finishes or undoes what a crash left half done. */
    static ObjectDirectory open(Path directory, Clock clock) throws IOException {
        ObjectDirectory opened = new ObjectDirectory(OwnerOnly.folder(directory), clock);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                opened.adopt(file);
            }
        }
        return opened;
    }

    private void adopt(Path file) throws IOException {
        Optional<StoredObject> found = StoredObject.of(file);
        if (found.isPresent() && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            replace(found.get());
        } else if (file.getFileName().toString().startsWith(TEMPORARY)) {
            Files.delete(file);
        } else {
            LOG.warn("{} is not ours and stays unused", file);
        }
    }

    /** Stores a hard link to a file, or a copy where there can be no link. */
    StoredObject put(String name, Path file, Optional<Instant> expires) throws IOException {
        Path temporary = Files.createTempFile(directory, TEMPORARY, "");
        try {
            linkOrCopy(file, temporary);
            synchronized (this) {
                long version = Math.max(
                        clock.millis(), find(name).map(old -> old.version() + 1).orElse(0L));
                StoredObject object = new StoredObject(name, version, expires);
                Files.move(temporary, path(object), StandardCopyOption.ATOMIC_MOVE);
                replace(object);
                return object;
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** The check comes first so that no pipe or device is opened, and again on what we got, which cannot change any more. */
    private static void linkOrCopy(Path file, Path target) throws IOException {
        requireRegular(file, file);
        Files.delete(target);
        try {
            Files.createLink(target, file);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("{} is copied, as it cannot be linked: {}", file, e.getMessage());
            Files.copy(file, target, LinkOption.NOFOLLOW_LINKS);
        }
        requireRegular(target, file);
    }

    private static void requireRegular(Path file, Path shown) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            String what =
                    Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? "it is not a regular file" : "there is no file";
            throw new IOException(what + " at " + shown);
        }
    }

    /** Keeps the newer of two objects of one name and deletes the other. */
    private synchronized void replace(StoredObject object) throws IOException {
        StoredObject older = objects.get(object.name());
        if (older != null && older.version() >= object.version()) {
            Files.deleteIfExists(path(object));
            return;
        }
        objects.put(object.name(), object);
        if (older != null) {
            Files.deleteIfExists(path(older));
        }
    }

    /** The object of a name, even when it has expired and was not swept yet. */
    Optional<StoredObject> find(String name) {
        return Optional.ofNullable(objects.get(name));
    }

    Path path(StoredObject object) {
        return directory.resolve(object.fileName());
    }

    /** Deletes this very object, not one that has replaced it. */
    synchronized void delete(StoredObject object) throws IOException {
        if (objects.remove(object.name(), object)) {
            Files.deleteIfExists(path(object));
        }
    }

    List<StoredObject> all() {
        return List.copyOf(objects.values());
    }
}

package io.ferric.publish;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The objects of a {@link LocalPublisher}: a directory of files and the list of them in memory. Whoever reads an object
 * while it is replaced goes on reading the old one. Safe for use by many threads, of one process unless it is shared: then
 * the files decide, and the list is read again when it does not agree with them.
 */
final class ObjectDirectory {
    private static final Logger LOG = LoggerFactory.getLogger(ObjectDirectory.class);
    private static final String TEMPORARY = ".new-";
    /** Nobody is still storing this in a shared directory. */
    private static final Duration ABANDONED = Duration.ofDays(1);

    private final Path directory;
    private final boolean shared;
    private final Clock clock;
    private final Map<String, StoredObject> objects = new ConcurrentHashMap<>();

    private ObjectDirectory(Path directory, boolean shared, Clock clock) {
        this.directory = directory;
        this.shared = shared;
        this.clock = clock;
    }

    /** Opens a directory, and finishes or undoes what a crash left half done. */
    static ObjectDirectory open(Path directory, boolean shared, Clock clock) throws IOException {
        ObjectDirectory opened = new ObjectDirectory(OwnerOnly.folder(directory), shared, clock);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                opened.adopt(file);
            }
        }
        return opened;
    }

    private void adopt(Path file) throws IOException {
        Optional<StoredObject> found = object(file);
        if (found.isPresent()) {
            replace(found.get());
        } else if (!file.getFileName().toString().startsWith(TEMPORARY)) {
            LOG.warn("{} is not ours and stays unused", file);
        } else if (!shared || abandoned(file)) {
            Files.deleteIfExists(file);
        }
    }

    private boolean abandoned(Path file) {
        try {
            Instant changed = Files.getLastModifiedTime(file).toInstant();
            return changed.isBefore(clock.instant().minus(ABANDONED));
        } catch (IOException e) {
            return false; // whoever made it has just put it in its place
        }
    }

    private static Optional<StoredObject> object(Path file) {
        return StoredObject.of(file).filter(found -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    }

    /** Takes the files for what there is, whoever stored or deleted them. */
    private synchronized void readAgain() {
        Map<String, StoredObject> newest = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                object(file).ifPresent(found -> newest.merge(found.name(), found, StoredObject::newer));
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("the directory {} cannot be read: {}", directory, Faults.reason(e));
            return;
        }
        objects.keySet().retainAll(newest.keySet());
        objects.putAll(newest);
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
        Optional<StoredObject> known = Optional.ofNullable(objects.get(name));
        if (shared && known.filter(object -> Files.exists(path(object))).isEmpty()) {
            readAgain();
            return Optional.ofNullable(objects.get(name));
        }
        return known;
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
        if (shared) {
            readAgain();
        }
        return List.copyOf(objects.values());
    }
}

package io.ferric.ilo;

import io.ferric.deploy.ImageMetadata;
import io.ferric.deploy.ImageRequest;
import io.ferric.deploy.ImageSources;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the ISOs fetched last, so that many nodes with one deploy ISO fetch it once. A copy counts as long as its source
 * says the same of it: another hash, or another version where there is none, is another ISO. Copies are gone when the
 * conductor starts anew. Safe for use by many threads: those that want the same wait for one download.
 */
final class IsoCopies {
    private static final Logger LOG = LoggerFactory.getLogger(IsoCopies.class);
    private static final int KEPT = 4;

    private final Path workDirectory;
    private final ImageSources sources;
    /** The one used longest ago comes first. */
    private final Map<String, Copy> copies = new LinkedHashMap<>(2 * KEPT, 0.75f, true);

    private Optional<Scratch> scratch = Optional.empty();
    private int number;

    IsoCopies(Path workDirectory, ImageSources sources) {
        this.workDirectory = workDirectory;
        this.sources = sources;
    }

    /** The lock is held while it is fetched; there is a file once it has come whole. */
    private record Copy(Path file, ReentrantLock lock) {}

    /** Puts an ISO at a path of the caller's, which shares its bytes with others: to be read or deleted only. */
    void provide(String reference, Path target) throws IOException {
        Optional<String> identity = identity(reference);
        if (identity.isEmpty()) {
            sources.download(ImageRequest.of(reference), target);
            return;
        }
        Copy copy = copy(identity.get());
        copy.lock().lock();
        try {
            if (!linked(copy, target)) {
                sources.download(ImageRequest.of(reference), target);
                keep(copy, target);
            }
        } finally {
            copy.lock().unlock();
        }
    }

    /** What changes with the bytes; empty when the source does not tell. */
    private Optional<String> identity(String reference) throws IOException {
        ImageMetadata said = sources.of(reference).metadata(reference);
        return said.checksum()
                .map(Object::toString)
                .or(() -> Optional.ofNullable(said.properties().get("version")))
                .map(version -> reference + " " + said.size() + " " + version);
    }

    private synchronized Copy copy(String identity) throws IOException {
        if (scratch.isEmpty()) {
            scratch = Optional.of(Scratch.in(workDirectory));
        }
        Path next = scratch.get().file(number + ".iso");
        Copy copy = copies.computeIfAbsent(identity, key -> new Copy(next, new ReentrantLock()));
        number += copy.file().equals(next) ? 1 : 0;
        if (copies.size() > KEPT) {
            Files.deleteIfExists(
                    copies.remove(copies.keySet().iterator().next()).file());
        }
        return copy;
    }

    private static boolean linked(Copy copy, Path target) throws IOException {
        try {
            Files.createLink(target, copy.file());
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Unless it was dropped for others while it was fetched. */
    private synchronized void keep(Copy copy, Path fetched) {
        if (!copies.containsValue(copy)) {
            return;
        }
        try {
            Files.createLink(copy.file(), fetched);
        } catch (UnsupportedOperationException | FileSystemException e) {
            LOG.debug("{} cannot be linked to, so it is fetched for each node", fetched, e);
        } catch (IOException e) {
            LOG.warn("{} cannot be kept for other nodes: {}", fetched, e.getMessage());
        }
    }
}

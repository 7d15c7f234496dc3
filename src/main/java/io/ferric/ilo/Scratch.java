package io.ferric.ilo;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder for passing files, readable by its owner only, gone with all it holds when closed. For one thread. */
final class Scratch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

    private static final String PREFIX = "work-";

    private final Path folder;

    private Scratch(Path folder) {
        this.folder = folder;
    }

    /** A new folder inside this one, which is made when missing. */
    static Scratch in(Path parent) throws IOException {
        return new Scratch(Files.createTempDirectory(Files.createDirectories(parent), PREFIX));
    }

    /** Removes what a process that was killed left inside this folder; only for when nobody works in it yet. */
    static void sweep(Path parent) {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(parent, PREFIX + "*")) {
            left.forEach(folder -> new Scratch(folder).close());
        } catch (NoSuchFileException e) {
            LOG.debug("{} is not there yet", parent);
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn("could not look for leftovers in {}: {}", parent, e.toString());
        }
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            LOG.warn("could not remove {}: {}", folder, e.toString());
        }
    }
}

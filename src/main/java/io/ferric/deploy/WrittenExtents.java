package io.ferric.deploy;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveStructSparse;

/**
 * Finds the stretches of a sparse file that were written, zeros in them included. Only the file system knows them and
 * Java cannot ask it, but GNU tar does. Of the archive it makes nothing is read but the map that goes before the data.
 */
final class WrittenExtents {
    /** The largest block of a disk; extents are widened to whole ones. */
    private static final long ALIGNMENT = 4096;

    private final Path tar;
    private final Duration timeout;

    WrittenExtents(Path tar, Duration timeout) {
        this.tar = tar;
        this.timeout = timeout;
    }

    /** In their order. The file must be of whole blocks. */
    List<Extent> of(Path file) throws IOException {
        Path log = file.resolveSibling(file.getFileName() + ".log");
        Process process = start(file, log);
        process.onExit()
                .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(late -> process.destroyForcibly());
        try (InputStream archive = process.getInputStream();
                TarArchiveInputStream entries = new TarArchiveInputStream(archive)) {
            TarArchiveEntry entry = entries.getNextEntry();
            if (entry == null) {
                throw new IOException("it said nothing");
            }
            return entry.isSparse() ? extents(entry) : List.of(new Extent(0, Files.size(file)));
        } catch (IOException e) {
            throw new IOException(
                    tar + " did not tell what is written of " + file + ": " + Faults.words(e) + " "
                            + ProgramLog.beginning(log),
                    e);
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(log);
        }
    }

    private Process start(Path file, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                tar.toString(),
                "--create",
                "--sparse",
                "--hole-detection=seek",
                "--format=posix",
                "--file=-",
                "--directory=" + file.toAbsolutePath().getParent(),
                file.getFileName().toString());
        builder.environment().clear();
        return builder.redirectInput(new File("/dev/null"))
                .redirectError(log.toFile())
                .start();
    }

    private static List<Extent> extents(TarArchiveEntry entry) throws IOException {
        List<Extent> found = new ArrayList<>();
        for (TarArchiveStructSparse each : entry.getOrderedSparseHeaders()) {
            long start = each.getOffset() / ALIGNMENT * ALIGNMENT;
            long end = (each.getOffset() + each.getNumbytes() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
            if (each.getNumbytes() > 0) {
                found.add(new Extent(start, end - start));
            }
        }
        return found;
    }
}

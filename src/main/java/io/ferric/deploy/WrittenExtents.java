package io.ferric.deploy;

import io.ferric.image.Extent;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds the stretches of a sparse file that were written, zeros in them included. Only the file system knows them and
 * Java cannot ask it, but GNU tar does. Of the archive it makes nothing is read but the map that goes before the data.
 * Source: GNU tar manual, "PAX Format, Version 1.0"; read by hand, for commons-compress 1.28 takes no sparse files of
 * 2 GiB and more.
 */
final class WrittenExtents {
    /** The largest block of a disk; extents are widened to whole ones. */
    private static final long ALIGNMENT = 4096;
    /** One block of an archive. */
    private static final int BLOCK = 512;

    private static final int LONGEST_RECORDS = 64 * 1024;

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
        try (InputStream archive = new BufferedInputStream(process.getInputStream())) {
            return isSparse(archive) ? map(archive) : List.of(new Extent(0, Files.size(file)));
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

    /** Reads up to the data, and whether these begin with a map. */
    private static boolean isSparse(InputStream archive) throws IOException {
        boolean sparse = false;
        byte[] header = read(archive, BLOCK);
        while (header[156] == 'x') {
            int size = (int) Math.min(LONGEST_RECORDS, Long.parseLong(text(header, 124, 11), 8));
            sparse = text(read(archive, (size + BLOCK - 1) / BLOCK * BLOCK), 0, size)
                    .contains("GNU.sparse.major=1\n");
            header = read(archive, BLOCK);
        }
        return sparse;
    }

    private static List<Extent> map(InputStream archive) throws IOException {
        List<Extent> found = new ArrayList<>();
        for (long left = number(archive); left > 0; left--) {
            long start = number(archive);
            long length = number(archive);
            if (length > 0) {
                found.add(aligned(start, start + length));
            }
        }
        return found;
    }

    private static Extent aligned(long from, long to) {
        long start = from / ALIGNMENT * ALIGNMENT;
        return new Extent(start, (to - start + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
    }

    private static long number(InputStream archive) throws IOException {
        long number = 0;
        for (int digit = archive.read(); digit != '\n'; digit = archive.read()) {
            if (digit < '0' || digit > '9') {
                throw new IOException("its map has something else than a number");
            }
            number = number * 10 + digit - '0';
        }
        return number;
    }

    private static byte[] read(InputStream archive, int length) throws IOException {
        byte[] bytes = archive.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("its answer broke off");
        }
        return bytes;
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.US_ASCII);
    }
}

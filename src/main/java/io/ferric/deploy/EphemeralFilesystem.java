package io.ferric.deploy;

import io.ferric.image.Extent;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes an empty file system with the host's own mkfs, in a sparse file that takes no more room than mkfs writes. The
 * program's arguments are fixed but for the file, its environment is almost empty, and it is ended when it takes too long.
 */
final class EphemeralFilesystem {
    static final String LABEL = "ephemeral0";

    /** No discard: a discarded file reads as zeros, a disk may not. Inode tables as Linux likes them. */
    private static final List<String> EXT = List.of("-q", "-F", "-E", "nodiscard,lazy_itable_init=1", "-L");

    private static final List<String> XFS = List.of("-q", "-f", "-L");
    private static final List<String> VFAT = List.of("-n");

    /** What each file system's program is given, the label behind it. */
    private static final Map<String, List<String>> ARGUMENTS =
            Map.of("ext2", EXT, "ext3", EXT, "ext4", EXT, "xfs", XFS, "vfat", VFAT);
    /** How a program is told of disks whose blocks are not 512 bytes; ext does not care. */
    private static final Map<String, String> SECTOR_SIZE = Map.of("xfs", "-ssize=", "vfat", "-S");

    private static final List<Path> USUAL_PLACES =
            Stream.of("/usr/sbin", "/sbin", "/usr/bin", "/bin").map(Path::of).toList();
    /** Lets e2fsprogs really write zeros, where it would make unwritten extents, which look like holes. */
    private static final Map<String, String> ENVIRONMENT = Map.of("UNIX_IO_NOZEROOUT", "1");

    private final List<Path> folders;
    private final Duration timeout;

    EphemeralFilesystem(Duration timeout) {
        this(USUAL_PLACES, timeout);
    }

    /** @param folders where programs are looked for */
    EphemeralFilesystem(List<Path> folders, Duration timeout) {
        this.folders = List.copyOf(folders);
        this.timeout = timeout;
    }

    /** The file systems we know how to ask for. */
    static Set<String> formats() {
        return new TreeSet<>(ARGUMENTS.keySet());
    }

    /** The program for a format, when this host has it. */
    Optional<Path> program(String format) {
        return find("mkfs." + format);
    }

    /** The program that knows what was written of a sparse file, when this host has it. */
    Optional<Path> tar() {
        return find("tar");
    }

    private Optional<Path> find(String name) {
        return folders.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Makes the file with an empty file system of this many bytes; the caller deletes it whatever happens. */
    void make(String format, Path file, long bytes, int blockSize) throws IOException {
        make(format, LABEL, file, bytes, blockSize);
    }

    /** As the other, with another label. */
    void make(String format, String label, Path file, long bytes, int blockSize) throws IOException {
        List<String> options = new ArrayList<>(ARGUMENTS.get(format));
        options.add(label);
        if (blockSize != 512 && SECTOR_SIZE.containsKey(format)) {
            options.add(SECTOR_SIZE.get(format) + blockSize);
        }
        make(format, options, file, bytes);
    }

    /** A FAT32 in sectors of 512 bytes; the file should have 34 MiB at least. */
    void makeFat32(String label, Path file, long bytes) throws IOException {
        make("vfat", List.of("-F", "32", "-n", label), file, bytes);
    }

    private void make(String format, List<String> options, Path file, long bytes) throws IOException {
        Path program = program(format).orElseThrow(() -> new IOException("this host has no mkfs." + format));
        try (SeekableByteChannel sparse = Volume.REAL.create(file)) {
            sparse.position(bytes - 1).write(ByteBuffer.allocate(1));
        }
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(options);
        command.add(file.toString());
        run(command, file.resolveSibling(file.getFileName() + ".log"));
    }

    /** What of a file that {@link #make} made must go to the disk, over whatever is there; the rest does not matter. */
    List<Extent> written(String format, Path file) throws IOException {
        Path tar = tar().orElseThrow(() -> new IOException("this host has no tar"));
        List<Extent> extents = new ArrayList<>();
        if (format.equals("xfs")) {
            // mkfs.xfs clears its log by an unwritten extent, which looks like a hole
            extents.add(XfsLog.of(file));
        }
        extents.addAll(new WrittenExtents(tar, timeout).of(file));
        return extents;
    }

    private void run(List<String> command, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        builder.redirectOutput(log.toFile()).redirectInput(new File("/dev/null"));
        Process process = builder.start();
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(command.get(0) + " did not end within " + timeout.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(command.get(0) + " ended with status " + process.exitValue() + ": "
                        + ProgramLog.beginning(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command.get(0), e);
        } finally {
            process.destroyForcibly();
            Files.deleteIfExists(log);
        }
    }
}

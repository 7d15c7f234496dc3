package io.ferric.image.ramdisk;

import io.ferric.image.ImageCreationException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.ar.ArArchiveEntry;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A Debian package (deb(5)): an ar archive whose member {@code data.tar} holds the files. Only kernels and modules are
 * taken out, and only regular files: links and names that lead elsewhere stay behind.
 */
final class DebianArchive {
    private static final Pattern WANTED = Pattern.compile("(?:\\./)?(?:usr/)?"
            + "(boot/vmlinu[zx]-[^/]+|lib/modules/[^/]+/(?:vmlinuz|modules\\.builtin|.+\\.ko(?:\\.gz|\\.xz|\\.zst)?))");

    /** Three times the biggest kernel there is; a stop for an archive that grows without end. */
    private static final long LARGEST = 4L << 30;
    /** Far more files than a kernel has modules. */
    private static final int MOST_ENTRIES = 200_000;

    private final Path file;
    private final Path folder;
    private long left = LARGEST;
    private int entries;

    private DebianArchive(Path file, Path folder) {
        this.file = file;
        this.folder = folder.toAbsolutePath().normalize();
    }

    /**
     * @throws ImageCreationException if it is no Debian package, or damaged
     */
    static void unpack(Path file, Path folder) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new ImageCreationException("kernel package " + file + " is no file that is there");
        }
        try {
            new DebianArchive(file, folder).unpack();
        } catch (ImageCreationException e) {
            throw e;
        } catch (IOException | IllegalArgumentException e) {
            throw new ImageCreationException(
                    "kernel package " + file + " is not a Debian package, or damaged: " + e.getMessage(), e);
        }
    }

    private void unpack() throws IOException {
        try (ArArchiveInputStream ar =
                new ArArchiveInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            for (ArArchiveEntry member = ar.getNextEntry(); member != null; member = ar.getNextEntry()) {
                if (member.getName().startsWith("data.tar")) {
                    unpackTar(Compressed.unpack(member.getName(), ar));
                    return;
                }
            }
        }
        throw new ImageCreationException("kernel package " + file + " has no member data.tar, as Debian packages have");
    }

    private void unpackTar(InputStream data) throws IOException {
        TarArchiveInputStream tar = new TarArchiveInputStream(data);
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            refuseEndless(entry);
            Optional<Path> target = target(entry);
            if (target.isPresent()) {
                Files.createDirectories(target.get().getParent());
                try (OutputStream out = Files.newOutputStream(target.get())) {
                    tar.transferTo(out);
                }
            }
        }
    }

    /** Of a sparse file only the stored bytes count as its size, though it unpacks to any number. */
    private void refuseEndless(TarArchiveEntry entry) throws ImageCreationException {
        if (entry.isSparse()) {
            throw new ImageCreationException(
                    "kernel package " + file + " holds a sparse file, as no Debian package does: " + entry.getName());
        }
        left -= entry.getSize();
        entries++;
        if (left < 0 || entries > MOST_ENTRIES) {
            throw new ImageCreationException("kernel package " + file + " unpacks to more than " + LARGEST
                    + " bytes or " + MOST_ENTRIES + " files, which no kernel does");
        }
    }

    private Optional<Path> target(TarArchiveEntry entry) throws ImageCreationException {
        Matcher name = WANTED.matcher(entry.getName());
        if (!entry.isFile() || entry.isSymbolicLink() || entry.isLink() || !name.matches()) {
            return Optional.empty();
        }
        Path target = folder.resolve(name.group(1)).normalize();
        if (!target.startsWith(folder)) {
            throw new ImageCreationException(
                    "kernel package " + file + " holds a file that leads out of its folder: " + entry.getName());
        }
        return Optional.of(target);
    }
}

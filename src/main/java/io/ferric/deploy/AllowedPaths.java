package io.ferric.deploy;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides which local files a node's settings may name: regular files that really lie below one of the allowed folders,
 * links followed, and never anything of the system itself. Without this a {@code file://} reference would hand any file
 * of the conductor to whoever may write a node (Ironic: OSSA-2025-001, CVE-2026-44919). Immutable.
 */
public final class AllowedPaths {
    private static final List<Path> NEVER = Stream.of("/dev", "/sys", "/proc", "/boot", "/run", "/etc")
            .map(Path::of)
            .toList();

    private static final Set<OpenOption> READ_NO_LINK = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final List<Path> folders;

    public AllowedPaths(List<Path> folders) {
        this.folders =
                folders.stream().map(Path::toAbsolutePath).map(Path::normalize).toList();
    }

    /**
     * The real path of a {@code file://} reference, to be opened as it is.
     *
     * @throws io.ferric.node.InvalidRequest with {@code ImageRefValidationFailed} and the reason; about paths outside
     *     the folders it does not even tell whether they exist
     */
    public Path resolve(String reference) {
        Path named = parse(reference).normalize();
        if (!belowAny(named, folders)) {
            throw outside(reference);
        }
        Path real = real(reference, named);
        List<Path> realFolders = realFolders(reference);
        if (!belowAny(real, realFolders) || belowAny(real, NEVER)) {
            throw outside(reference);
        }
        if (!Files.isRegularFile(real)) {
            throw Faults.badReference(reference, "is not a regular file", "Name a file, not a folder or device.");
        }
        return real;
    }

    /** Opens what {@link #resolve} finds, and nothing else that somebody puts in its place meanwhile. */
    SeekableByteChannel open(String reference) throws IOException {
        Path real = resolve(reference);
        for (Path folder : realFolders(reference)) {
            if (real.startsWith(folder)) {
                return open(folder, folder.relativize(real));
            }
        }
        throw outside(reference);
    }

    /** Goes down from folder to folder, each opened from the last and not by its name, and follows no link. */
    static SeekableByteChannel open(Path folder, Path below) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            if (entries instanceof SecureDirectoryStream<Path> secure) {
                return open(secure, below);
            }
        }
        return Files.newByteChannel(folder.resolve(below), READ_NO_LINK);
    }

    private static SeekableByteChannel open(SecureDirectoryStream<Path> folder, Path below) throws IOException {
        if (below.getNameCount() == 1) {
            return folder.newByteChannel(below, READ_NO_LINK);
        }
        try (SecureDirectoryStream<Path> next =
                folder.newDirectoryStream(below.getName(0), LinkOption.NOFOLLOW_LINKS)) {
            return open(next, below.subpath(1, below.getNameCount()));
        }
    }

    private List<Path> realFolders(String reference) {
        return folders.stream()
                .filter(Files::isDirectory)
                .map(folder -> real(reference, folder))
                .toList();
    }

    private static Path parse(String reference) {
        try {
            URI uri = new URI(reference);
            boolean local = uri.getHost() == null || uri.getHost().equals("localhost");
            if ("file".equals(uri.getScheme())
                    && local
                    && uri.getPath() != null
                    && uri.getPath().startsWith("/")
                    && uri.getPath().indexOf('\0') < 0
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return Path.of(uri.getPath());
            }
        } catch (URISyntaxException e) {
            throw notOurForm(reference);
        }
        throw notOurForm(reference);
    }

    private static Path real(String reference, Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw Faults.badReference(reference, "names no file that can be read", "Look at its path and its rights.");
        }
    }

    private static boolean belowAny(Path path, List<Path> folders) {
        return folders.stream().anyMatch(path::startsWith);
    }

    private static RuntimeException notOurForm(String reference) {
        return Faults.badReference(
                reference, "is no file reference", "Write file:///folder/file, with blanks and such as %20.");
    }

    private RuntimeException outside(String reference) {
        return Faults.badReference(
                reference,
                "leads outside the folders that file:// may use",
                "Put the file, itself and not a link to it, below one of " + folders
                        + ", or add its folder to deploy.file_url_allowed_paths.");
    }
}

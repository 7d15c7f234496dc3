package io.ferric.lab.qemu;

import io.ferric.image.ramdisk.Kernel;
import io.ferric.image.ramdisk.KernelPackage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Kernels of Debian packages, each downloaded once: {@code kernels/PACKAGE/VERSION/} holds the unpacked files. Safe for
 * use by several processes, of which one wins.
 */
public final class KernelCache {
    private final Path folder;

    private KernelCache(Path folder) {
        this.folder = folder;
    }

    /** The user's: {@code $XDG_CACHE_HOME/ferric} or {@code ~/.cache/ferric}. */
    public static KernelCache ofUser() {
        Path caches = Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                .filter(set -> !set.isBlank())
                .map(Path::of)
                .orElse(Path.of(System.getProperty("user.home"), ".cache"));
        return in(caches.resolve("ferric"));
    }

    public static KernelCache in(Path folder) {
        return new KernelCache(folder.toAbsolutePath().resolve("kernels"));
    }

    /** Whether {@link #get} would need the network. */
    public boolean lacks(String packageName) throws IOException {
        return cached(packageName).isEmpty();
    }

    /**
     * The kernel of a package; of several versions the one that came last.
     *
     * @param packageName such as {@code linux-image-cloud-amd64}
     */
    public Kernel get(String packageName) throws IOException {
        Optional<Path> there = cached(packageName);
        return there.isPresent() ? in(there.get(), packageName) : fetch(packageName);
    }

    private Optional<Path> cached(String packageName) throws IOException {
        Path versions = versions(packageName);
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (Stream<Path> all = Files.list(versions)) {
            return all.filter(each -> !each.getFileName().toString().startsWith("."))
                    .max(Comparator.comparing(each -> each.toFile().lastModified()));
        }
    }

    private Kernel fetch(String packageName) throws IOException {
        Path versions = Files.createDirectories(versions(packageName));
        Path fresh = Files.createTempDirectory(versions, ".new-");
        try {
            Kernel kernel = KernelPackage.fetch(packageName, fresh);
            Path target = versions.resolve(kernel.version());
            moveUnlessThere(fresh.resolve(fresh.relativize(kernel.vmlinuz()).getName(0)), target);
            return in(target, packageName);
        } finally {
            delete(fresh);
        }
    }

    /** A folder has its name only when it is complete. */
    private static void moveUnlessThere(Path from, Path target) throws IOException {
        try {
            Files.move(from, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
        }
    }

    private static Kernel in(Path root, String packageName) throws IOException {
        try (Stream<Path> boot = Files.list(root.resolve("boot"))) {
            Path vmlinuz = boot.filter(file -> file.getFileName().toString().startsWith("vmlinuz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException(
                            root + " holds no kernel of " + packageName + "; cure: delete it, to fetch it anew"));
            return Kernel.of(vmlinuz, root);
        }
    }

    private Path versions(String packageName) {
        if (!packageName.matches("[a-z0-9][a-z0-9+.-]+")) {
            throw new IllegalArgumentException("'" + packageName + "' is not the name of a Debian package");
        }
        return folder.resolve(packageName);
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> below = Files.walk(tree)) {
            List<Path> all = below.sorted(Comparator.reverseOrder()).toList();
            for (Path each : all) {
                Files.delete(each);
            }
        }
    }
}

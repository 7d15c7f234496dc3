package io.ferric.image.ramdisk;

import io.ferric.image.ImageCreationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes a kernel with its modules out of Debian packages, without installing them and without root. Thread safe as long
 * as each call has a folder of its own.
 */
public final class KernelPackage {
    private KernelPackage() {}

    /**
     * Downloads a kernel by {@code apt-get download}, which verifies it as it does when installing, and unpacks it. A
     * package that only points to another, as {@code linux-image-amd64} does, is followed.
     *
     * @param name such as {@code linux-image-amd64} (servers) or {@code linux-image-cloud-amd64} (virtual machines)
     * @param folder an empty folder for the download and the unpacked files, up to 600 MB; the caller deletes it
     * @throws ImageCreationException if this host has no apt, does not know the package or cannot download it
     */
    public static Kernel fetch(String name, Path folder) throws IOException {
        return fetch(name, folder, Apt.ofThisHost());
    }

    static Kernel fetch(String name, Path folder, Apt apt) throws IOException {
        return unpack(apt.download(name, Files.createDirectories(folder)), folder);
    }

    /**
     * Unpacks a kernel from package files: one, or those among which a distribution divides kernel and modules.
     *
     * @param folder an empty folder for the unpacked files; the caller deletes it
     * @throws ImageCreationException if one is no Debian package or all together have no kernel or no modules
     */
    public static Kernel unpack(List<Path> packages, Path folder) throws IOException {
        Path root = Files.createDirectories(folder.resolve("root"));
        for (Path each : packages) {
            DebianArchive.unpack(each, root);
        }
        return Kernel.of(kernel(root, packages), root);
    }

    private static Path kernel(Path root, List<Path> packages) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            List<Path> kernels = files.filter(
                            file -> file.getFileName().toString().startsWith("vmlinuz"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
            if (kernels.isEmpty()) {
                throw new ImageCreationException("there is no kernel (boot/vmlinuz-...) in " + packages
                        + "; a package that only points to another must be given by its name, not as a file");
            }
            return kernels.get(0);
        }
    }
}

package io.ferric.journey;

import io.ferric.image.BootIso;
import io.ferric.image.Content;
import io.ferric.image.EfiLoader;
import io.ferric.image.Images;
import io.ferric.image.Isolinux;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What boots in virtual machines: the deploy ISO, and kernel and ramdisk of the instance. Built once for all tests. */
record QemuSupplies(Path folder, Path deployIso, Path kernel, Path instanceRamdisk) {
    private static final Path HOME = Path.of("target", "qemu");

    static synchronized QemuSupplies get() throws IOException {
        Path folder = Files.createDirectories(HOME).toRealPath();
        Path build = Path.of("/tmp/qemu-g/build/cloud-amd64");
        Path iso = folder.resolve("deploy.iso");
        Images.createBootIso(
                BootIso.of(
                        Content.of(build.resolve("vmlinuz")),
                        Content.of(build.resolve("deploy.cpio.gz")),
                        "boot_method=vmedia nofb nomodeset vga=normal console=ttyS0 quiet",
                        Isolinux.find().map(Content::of),
                        EfiLoader.find(Optional.empty())),
                iso);
        Files.copy(
                build.resolve("vmlinuz"), folder.resolve("vmlinuz"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                build.resolve("boot.cpio.gz"),
                folder.resolve("initrd"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        return new QemuSupplies(folder, iso, folder.resolve("vmlinuz"), folder.resolve("initrd"));
    }
}

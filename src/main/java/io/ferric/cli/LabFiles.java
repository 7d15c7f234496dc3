package io.ferric.cli;

import io.ferric.image.BootIso;
import io.ferric.image.Content;
import io.ferric.image.Images;
import io.ferric.image.Isolinux;
import io.ferric.lab.LabImage;
import io.ferric.lab.NoBootLoader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/**
 * The files a lab works with, all in one folder but for those the user named.
 *
 * @param isolinux the boot loader for ISOs
 * @param bootLoaderMissing whether that is only a sector which says that there is none
 */
record LabFiles(Path folder, Path image, Path kernel, Path ramdisk, Path isolinux, boolean bootLoaderMissing) {
    static final String DEPLOY_PARAMETERS = "boot_method=vmedia nofb nomodeset vga=normal";
    private static final List<String> OURS = List.of("disk.raw", "floppy.img", "deploy.iso", "boot.iso");
    private static final Set<String> WRITTEN = Set.of(
            "disk.raw",
            "floppy.img",
            "deploy.iso",
            "boot.iso",
            "root.ext4",
            "vmlinuz",
            "initrd",
            "isolinux.bin",
            "deploy.vmlinuz",
            "deploy.initrd");

    static LabFiles prepare(Path folder, Optional<Path> image, Optional<Path> kernel, Optional<Path> ramdisk)
            throws IOException {
        Optional<Path> givenImage = given("--image", image, folder);
        Optional<Path> givenKernel = given("--kernel", kernel, folder);
        Optional<Path> givenRamdisk = given("--ramdisk", ramdisk, folder);
        for (String name : OURS) {
            Files.deleteIfExists(folder.resolve(name));
        }
        Optional<Path> loader = Isolinux.find();
        LabFiles files = new LabFiles(
                folder,
                givenImage.isPresent() ? givenImage.get() : defaultImage(folder.resolve("root.ext4")),
                givenKernel.isPresent() ? givenKernel.get() : kernelStandIn(folder, "vmlinuz"),
                givenRamdisk.isPresent() ? givenRamdisk.get() : ramdiskStandIn(folder, "initrd"),
                loader.isPresent() ? loader.get() : Files.write(folder.resolve("isolinux.bin"), NoBootLoader.image()),
                loader.isEmpty());
        files.makeDeployIso();
        return files;
    }

    Path disk() {
        return folder.resolve("disk.raw");
    }

    Path floppy() {
        return folder.resolve("floppy.img");
    }

    Path deployIso() {
        return folder.resolve("deploy.iso");
    }

    Path bootIso() {
        return folder.resolve("boot.iso");
    }

    /** The folders that hold what a node may name by {@code file://}. */
    List<Path> folders() {
        return Stream.of(deployIso(), image, kernel, ramdisk)
                .map(Path::getParent)
                .distinct()
                .toList();
    }

    private void makeDeployIso() throws IOException {
        Path deployKernel = kernelStandIn(folder, "deploy.vmlinuz");
        Path deployRamdisk = ramdiskStandIn(folder, "deploy.initrd");
        BootIso iso = BootIso.of(
                Content.of(deployKernel), Content.of(deployRamdisk), DEPLOY_PARAMETERS, Content.of(isolinux));
        Images.createBootIso(iso, deployIso());
    }

    private static Path defaultImage(Path file) throws IOException {
        Files.deleteIfExists(file);
        LabImage.unpack(file);
        return file;
    }

    private static Path kernelStandIn(Path folder, String name) throws IOException {
        String line = "This is no kernel: the lab's pretend server only looks whether " + name + " is there.\n";
        return Files.write(folder.resolve(name), line.repeat(4096).getBytes(StandardCharsets.US_ASCII));
    }

    /** An initramfs in the format Linux reads, with an init that only says what it is. */
    private static Path ramdiskStandIn(Path folder, String name) throws IOException {
        byte[] init = "#!/bin/sh\necho This ramdisk of the lab does nothing.\n".getBytes(StandardCharsets.US_ASCII);
        try (CpioArchiveOutputStream cpio = new CpioArchiveOutputStream(
                new GzipCompressorOutputStream(Files.newOutputStream(folder.resolve(name))))) {
            CpioArchiveEntry entry = new CpioArchiveEntry("init", init.length);
            entry.setMode(CpioConstants.C_ISREG | 0755);
            entry.setTime(0);
            cpio.putArchiveEntry(entry);
            cpio.write(init);
            cpio.closeArchiveEntry();
        }
        return folder.resolve(name);
    }

    /** What the user named, unless this run would overwrite it. */
    private static Optional<Path> given(String option, Optional<Path> file, Path folder) throws IOException {
        if (file.isEmpty()) {
            return file;
        }
        Path real = RegularFile.require(file.get()).toRealPath();
        if (real.getParent().equals(folder.toRealPath())
                && WRITTEN.contains(real.getFileName().toString())) {
            throw new UsageException(option + " " + file.get()
                    + " is a file that the lab writes itself; move it out of the work directory");
        }
        return Optional.of(real);
    }
}

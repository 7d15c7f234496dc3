package io.ferric.cli;

import io.ferric.cli.terminal.UsageException;
import io.ferric.image.BootIso;
import io.ferric.image.Content;
import io.ferric.image.EfiLoader;
import io.ferric.image.Images;
import io.ferric.image.Isolinux;
import io.ferric.lab.LabImage;
import io.ferric.lab.NoBootLoader;
import io.ferric.lab.NoEfiLoader;
import io.ferric.lab.qemu.BootSupplies;
import io.ferric.lab.qemu.InstanceImage;
import io.ferric.lab.qemu.KernelCache;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.cpio.CpioArchiveEntry;
import org.apache.commons.compress.archivers.cpio.CpioArchiveOutputStream;
import org.apache.commons.compress.archivers.cpio.CpioConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/**
 * The files a lab works with, all in one folder but for those the user named and a kernel that was fetched.
 *
 * @param image the root file system
 * @param ours whether the image is the lab's own, which no instance changes
 * @param kernel of the instance
 * @param ramdisk of the instance
 * @param isolinux the boot loader of ISOs for BIOS
 * @param grub the boot loader of ISOs for UEFI, if it is another than the host's
 * @param bootLoaderMissing whether one of the two only says that there is none
 */
record LabFiles(
        Path folder,
        Path image,
        boolean ours,
        Path kernel,
        Path ramdisk,
        Path isolinux,
        Optional<Path> grub,
        boolean bootLoaderMissing) {
    static final String DEPLOY_PARAMETERS = "boot_method=vmedia nofb nomodeset vga=normal";

    /** What a run leaves for a person to look at, and the next run in the same folder deletes. */
    private static final Pattern RESULT = Pattern.compile("(disk|floppy|boot|deploy)(-lab-\\d+)?\\.(raw|img|iso)");

    private static final Pattern WRITTEN = Pattern.compile(RESULT.pattern()
            + "|root\\.ext4|vmlinuz|initrd|isolinux\\.bin|grub\\.efi|deploy\\.vmlinuz|deploy\\.initrd"
            + "|(console|qemu|vars|cdrom|floppy)-lab.*");

    /** What the user gave instead of the lab's own. */
    record Given(Optional<Path> image, Optional<Path> kernel, Optional<Path> ramdisk) {}

    /** Files that only have to look right, for pretend servers. */
    static LabFiles pretend(Path folder, Given asked) throws IOException {
        Given given = begin(folder, asked);
        Optional<Path> loader = Isolinux.find();
        Path isolinux =
                loader.isPresent() ? loader.get() : Files.write(folder.resolve("isolinux.bin"), NoBootLoader.image());
        Optional<Path> grub = EfiLoader.find().isPresent()
                ? Optional.empty()
                : Optional.of(Files.write(folder.resolve("grub.efi"), NoEfiLoader.image()));
        LabFiles files = new LabFiles(
                folder,
                given.image().isPresent() ? given.image().get() : defaultImage(folder.resolve("root.ext4")),
                given.image().isEmpty(),
                given.kernel().isPresent() ? given.kernel().get() : kernelStandIn(folder, "vmlinuz"),
                given.ramdisk().isPresent() ? given.ramdisk().get() : ramdiskStandIn(folder, "initrd"),
                isolinux,
                grub,
                loader.isEmpty() || grub.isPresent());
        files.makeDeployIso();
        return files;
    }

    /** Files that boot, for virtual machines. */
    static LabFiles bootable(Path folder, Given asked, String kernelPackage) throws IOException {
        Given given = begin(folder, asked);
        BootSupplies supplies = BootSupplies.build(KernelCache.ofUser().get(kernelPackage), folder, "");
        Path image = given.image().orElse(folder.resolve("root.ext4"));
        if (given.image().isEmpty()) {
            InstanceImage.of("ferric-lab").build(image);
        }
        return new LabFiles(
                folder,
                image,
                given.image().isEmpty(),
                given.kernel().orElse(supplies.kernel()),
                given.ramdisk().orElse(supplies.instanceRamdisk()),
                Isolinux.find()
                        .orElseThrow(() -> new FileNotFoundException("this host lacks isolinux.bin;"
                                + " cure: apt-get install -y isolinux syslinux-common")),
                Optional.empty(),
                false);
    }

    private static Given begin(Path folder, Given asked) throws IOException {
        Given given = new Given(
                given("--image", asked.image(), folder),
                given("--kernel", asked.kernel(), folder),
                given("--ramdisk", asked.ramdisk(), folder));
        try (Stream<Path> all = Files.list(folder)) {
            for (Path old : all.filter(file ->
                            RESULT.matcher(file.getFileName().toString()).matches())
                    .toList()) {
                Files.delete(old);
            }
        }
        return given;
    }

    /** The disk of a server. */
    Path disk(String server) {
        return ofServer("disk", server, "raw");
    }

    /** The floppy that a server's deploy ramdisk was given. */
    Path floppy(String server) {
        return ofServer("floppy", server, "img");
    }

    Path deployIso() {
        return folder.resolve("deploy.iso");
    }

    /** The ISO that a server's instance boots. */
    Path bootIso(String server) {
        return ofServer("boot", server, "iso");
    }

    private Path ofServer(String what, String server, String ending) {
        return folder.resolve(what + server.substring("lab".length()).replaceFirst("^-", "-lab-") + "." + ending);
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
                Content.of(deployKernel),
                Content.of(deployRamdisk),
                DEPLOY_PARAMETERS,
                Optional.of(Content.of(isolinux)),
                EfiLoader.find(grub));
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
                && WRITTEN.matcher(real.getFileName().toString()).matches()) {
            throw new UsageException(option + " " + file.get()
                    + " is a file that the lab writes itself; move it out of the work directory");
        }
        return Optional.of(real);
    }
}

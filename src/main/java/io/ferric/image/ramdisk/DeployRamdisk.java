package io.ferric.image.ramdisk;

import io.ferric.image.Content;
import io.ferric.image.ImageCreationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Builds the deploy ramdisk: it finds the parameters on the virtual floppy, offers the server's disk as an iSCSI target
 * and calls the conductor. It needs busybox-static and tgt on this host, and takes curl, certificates and firmware along
 * if they are there. The same kernel, host and options give the same bytes. Thread safe.
 */
public final class DeployRamdisk {
    /** What the deploy ISO's kernel is started with; {@code boot_method} is what diskimage-builder's ramdisk looks for. */
    public static final String KERNEL_PARAMETERS = "boot_method=vmedia nofb nomodeset vga=normal";

    private static final String CERTIFICATES = "etc/ssl/certs/ca-certificates.crt";

    private DeployRamdisk() {}

    /**
     * Builds it; an older file of that name is replaced.
     *
     * @throws ImageCreationException if the kernel has no driver at all for a disk or for a network, if modules of
     *     another kernel are met, if a program is missing on this host, or if the target cannot be written
     */
    public static RamdiskReport build(Kernel kernel, RamdiskOptions options, Path target) throws IOException {
        List<String> notes = new ArrayList<>();
        Initramfs ramdisk = Skeleton.make();
        ModuleSet modules = modules(kernel, options, notes);
        modules.pack(ramdisk);
        Firmware.pack(modules.modules(), options.hostRoot(), ramdisk).ifPresent(notes::add);
        packPrograms(options, ramdisk, notes);
        if (options.init().isPresent()) {
            ramdisk.file("init", 0755, options.init().get());
        } else {
            Scripts.packDeployInit(ramdisk);
        }
        for (Map.Entry<String, Path> each : options.includes().entrySet()) {
            include(each.getKey(), each.getValue(), ramdisk);
        }
        ramdisk.write(target);
        return new RamdiskReport(
                kernel.version(), Files.size(target), modules.modules().size(), ramdisk.files(), notes);
    }

    private static ModuleSet modules(Kernel kernel, RamdiskOptions options, List<String> notes) throws IOException {
        ModuleSet modules = ModuleSet.of(kernel);
        modules.add(DriverFamily.ALL);
        require(modules, DriverFamily.Use.DISK, "disk", kernel);
        require(modules, DriverFamily.Use.NETWORK, "network adapter", kernel);
        if (!modules.absent().isEmpty()) {
            notes.add("drivers that kernel " + kernel.version() + " does not have: "
                    + String.join(", ", modules.absent())
                    + "; one for servers, such as linux-image-amd64, has nearly all");
        }
        for (String name : options.modules()) {
            modules.require(name);
        }
        return modules;
    }

    private static void require(ModuleSet modules, DriverFamily.Use use, String what, Kernel kernel)
            throws ImageCreationException {
        if (!modules.serves(use)) {
            List<String> names = DriverFamily.of(use)
                    .filter(family -> family.when() == DriverFamily.When.BY_DEVICE)
                    .flatMap(family -> family.modules().stream())
                    .toList();
            throw new ImageCreationException("below " + kernel.modulesDir() + " there is no driver for any " + what
                    + ", looked for " + String.join(", ", names) + "; take a kernel with its modules complete");
        }
    }

    private static void packPrograms(RamdiskOptions options, Initramfs ramdisk, List<String> notes) throws IOException {
        HostPrograms programs = new HostPrograms(options.hostRoot(), ramdisk);
        programs.packBusybox();
        programs.pack("tgtd", "tgt", "usr/sbin/tgtd");
        programs.pack("tgtadm", "tgt", "usr/sbin/tgtadm");
        // loaded by the C library when a thread ends
        programs.packLibrariesIfThere("libgcc_s.so.1");
        Optional<Path> curl = programs.find("curl");
        if (curl.isPresent()) {
            programs.pack(curl.get(), "usr/bin/curl");
            // loaded by the C library before release 2.34 when a name is looked up
            programs.packLibrariesIfThere("libnss_files.so.2", "libnss_dns.so.2");
        } else {
            notes.add("no curl on this host, so the ramdisk cannot reach the conductor by https;"
                    + " cure: apt-get install curl ca-certificates");
        }
        packCertificates(options, ramdisk, notes);
    }

    private static void packCertificates(RamdiskOptions options, Initramfs ramdisk, List<String> notes)
            throws IOException {
        Path certificates = options.ca().orElse(options.hostRoot().resolve(CERTIFICATES));
        if (Files.isReadable(certificates)) {
            ramdisk.file(CERTIFICATES, 0644, Content.of(certificates));
        } else if (options.ca().isPresent()) {
            throw new ImageCreationException("the certificates " + certificates + " cannot be read");
        } else {
            notes.add("no certificates at " + certificates + ", so the ramdisk cannot verify an https conductor;"
                    + " cure: apt-get install ca-certificates, or --ca FILE");
        }
    }

    private static void include(String destination, Path source, Initramfs ramdisk) throws IOException {
        if (!Files.isReadable(source)) {
            throw new ImageCreationException("the file to include, " + source + ", cannot be read");
        }
        try (Stream<Path> all = Files.walk(source)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String below = source.relativize(file).toString();
                String path = below.isEmpty() ? destination : destination + "/" + below;
                ramdisk.file(path, Files.isExecutable(file) ? 0755 : 0644, Content.of(file));
            }
        }
    }
}

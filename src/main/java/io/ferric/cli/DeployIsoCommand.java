package io.ferric.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.cli.terminal.UsageException;
import io.ferric.image.BootIso;
import io.ferric.image.BootParameters;
import io.ferric.image.Content;
import io.ferric.image.EfiLoader;
import io.ferric.image.Images;
import io.ferric.image.ramdisk.DeployRamdisk;
import io.ferric.image.ramdisk.Kernel;
import io.ferric.image.ramdisk.KernelPackage;
import io.ferric.image.ramdisk.RamdiskOptions;
import io.ferric.image.ramdisk.RamdiskReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ferric image deploy-iso}: makes the CD a server is deployed from. */
@Command(
        name = "deploy-iso",
        mixinStandardHelpOptions = true,
        description = {
            "Make the CD image that a server boots while it is deployed: a Linux kernel, and a ramdisk that offers the "
                    + "server's disk by iSCSI. From Debian packages of this host, without root: busybox-static and tgt "
                    + "must be installed, curl and ca-certificates for an https conductor."
        },
        footerHeading = "%nExample:%n",
        footer = {"  ferric image deploy-iso deploy.iso --kernel-package linux-image-amd64"})
final class DeployIsoCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "OUT", description = "The CD image to write.")
    private Path out;

    @Option(
            names = "--kernel-package",
            paramLabel = "NAME|FILE",
            description = {
                "A kernel from a Debian package: its name, downloaded by apt-get (linux-image-amd64 for servers, "
                        + "linux-image-cloud-amd64 for virtual machines), or .deb files; may be repeated for files."
            })
    private List<String> packages = List.of();

    @Option(names = "--kernel", description = "A kernel from a file, with --modules.")
    private Optional<Path> kernel = Optional.empty();

    @Option(names = "--modules", paramLabel = "DIR", description = "Its modules, such as /lib/modules/6.1.0-56-amd64.")
    private Optional<Path> modulesDir = Optional.empty();

    @Option(names = "--append", defaultValue = "", description = "More kernel parameters, such as console=ttyS0.")
    private String append;

    @Option(names = "--module", paramLabel = "NAME", description = "One more kernel module; may be repeated.")
    private List<String> modules = List.of();

    @Option(
            names = "--include",
            paramLabel = "SRC=DEST",
            description = "A file or folder to put into the ramdisk, and its path there; may be repeated.")
    private List<String> includes = List.of();

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Certificates (PEM) to verify an https conductor by; this host's when not given.")
    private Optional<Path> ca = Optional.empty();

    @Option(names = "--ramdisk-out", paramLabel = "FILE", description = "Keep the ramdisk (initramfs) in this file.")
    private Optional<Path> ramdiskOut = Optional.empty();

    @Mixin
    private BootLoaderOptions loaders;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        requireOneKernel();
        RamdiskOptions options = options();
        // all that may be wrong is looked at before the download
        String parameters = (DeployRamdisk.KERNEL_PARAMETERS + " " + append).strip();
        BootParameters.requireSafeKernelParameters(parameters);
        requireFolderOf(out);
        if (ramdiskOut.isPresent()) {
            requireFolderOf(ramdiskOut.get());
        }
        Optional<Content> isolinux = loaders.isolinux();
        Optional<EfiLoader> efi = loaders.efi();
        try (TemporaryFolder work = TemporaryFolder.make("ferric-deploy-iso")) {
            Kernel chosen = chooseKernel(work.path());
            Path ramdisk = ramdiskOut.orElse(work.path().resolve("initrd"));
            RamdiskReport report = DeployRamdisk.build(chosen, options, ramdisk);
            Content vmlinuz = Content.of(chosen.vmlinuz());
            Images.createBootIso(BootIso.of(vmlinuz, Content.of(ramdisk), parameters, isolinux, efi), out);
            tell(report);
        }
        return 0;
    }

    private void requireOneKernel() {
        if (packages.isEmpty() && kernel.isEmpty() && modulesDir.isEmpty()) {
            throw new UsageException(
                    "name a kernel: --kernel-package linux-image-amd64, or --kernel FILE and" + " --modules DIR");
        }
        if (kernel.isPresent() != modulesDir.isPresent()) {
            throw new UsageException("--kernel and --modules go together");
        }
        if (!packages.isEmpty() && kernel.isPresent()) {
            throw new UsageException("--kernel-package and --kernel exclude each other");
        }
        if (packages.size() > 1 && !packages.stream().allMatch(DeployIsoCommand::isFile)) {
            throw new UsageException("--kernel-package may be repeated for .deb files only, not for names");
        }
    }

    private static boolean isFile(String name) {
        return name.endsWith(".deb") || name.contains("/");
    }

    private static void requireFolderOf(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new IOException(
                    file + " could not be written: there is no folder " + folder + " that can be written");
        }
    }

    private RamdiskOptions options() {
        Map<String, Path> files = new LinkedHashMap<>();
        for (String include : includes) {
            int equals = include.lastIndexOf('=');
            if (equals <= 0 || equals == include.length() - 1) {
                throw new UsageException("--include " + include + ": write it as SRC=DEST, such as"
                        + " /lib/firmware/bnx2x=/lib/firmware/bnx2x");
            }
            files.put(include.substring(equals + 1), Path.of(include.substring(0, equals)));
        }
        RamdiskOptions options = RamdiskOptions.defaults().modules(modules).includes(files);
        return ca.map(options::ca).orElse(options);
    }

    private Kernel chooseKernel(Path work) throws IOException {
        if (kernel.isPresent()) {
            return Kernel.of(RegularFile.require(kernel.get()), modulesDir.orElseThrow());
        }
        return isFile(packages.get(0))
                ? KernelPackage.unpack(packages.stream().map(Path::of).toList(), work)
                : KernelPackage.fetch(packages.get(0), work);
    }

    private void tell(RamdiskReport report) throws IOException {
        PrintWriter terminal = spec.commandLine().getOut();
        if (json) {
            ObjectNode facts = new ObjectMapper().createObjectNode();
            facts.put("iso", out.toString()).put("iso_bytes", Files.size(out));
            facts.put("kernel", report.kernelVersion()).put("ramdisk_bytes", report.bytes());
            facts.put("modules", report.modules()).put("files", report.files());
            report.notes().forEach(facts.putArray("notes")::add);
            terminal.println(facts.toPrettyString());
            return;
        }
        terminal.printf("%s  %,d bytes%n", out, Files.size(out));
        terminal.printf(
                "kernel %s, ramdisk %,d bytes with %d modules and %d files%n",
                report.kernelVersion(), report.bytes(), report.modules(), report.files());
        report.notes().forEach(note -> terminal.println("note: " + note));
    }
}

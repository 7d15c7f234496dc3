package io.ferric.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.cli.terminal.ByteText;
import io.ferric.cli.terminal.ProgressMeter;
import io.ferric.cli.terminal.Terminal;
import io.ferric.cli.terminal.UsageException;
import io.ferric.image.UnreadableImageException;
import io.ferric.lab.qemu.KernelCache;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ferric lab}: the whole way of a deploy, on pretend hardware or virtual machines. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Deploy a server that is not there: a pretend ProLiant Gen9 with a simulated iLO 4. Everything else is real: "
                    + "REST, database, virtual media, iSCSI, and the bytes on the disk. With --qemu firmware, kernel and "
                    + "deploy ramdisk are real too, in a virtual machine.",
            "Succeeds only when the node is active, the root partition hashes to the image's hash, and the server has "
                    + "booted the instance."
        })
final class LabCommand implements Callable<Integer> {
    /** What an MBR can tell of, with sectors of 512 bytes. */
    private static final long LARGEST_GIB = 2048;

    /** What an MBR takes besides the partitions asked for, and what a GPT and its EFI system partition take. */
    private static final long BIOS_MIB = 1;

    private static final long UEFI_MIB = 202;

    /** For the config drive of a later rebuild, and the tables at the disk's end. */
    private static final long SPARE_MIB = 127;

    @Spec
    private CommandSpec spec;

    @Mixin
    private LabHardware hardware = new LabHardware();

    @Option(
            names = "--image",
            paramLabel = "FILE",
            description =
                    "The root file system: an ext2, ext3, ext4 or xfs image, raw, qcow2, or compressed. A small one of its own if not given.")
    private Optional<Path> image;

    @Option(
            names = "--kernel",
            paramLabel = "FILE",
            description = "Kernel of the instance; a placeholder, or that of the kernel package, if not given.")
    private Optional<Path> kernel;

    @Option(
            names = "--ramdisk",
            paramLabel = "FILE",
            description = "Ramdisk of the instance; a placeholder, or one that boots with --qemu, if not given.")
    private Optional<Path> ramdisk;

    @Option(
            names = "--disk-size",
            paramLabel = "SIZE",
            description = "The server's disk, such as 20G or 800M; large enough for the partitions if not given.")
    private Optional<String> diskSize;

    @Option(
            names = "--root-gb",
            paramLabel = "N",
            description = "Root partition in GiB; as the image needs if not given.")
    private Optional<Integer> rootGb;

    @Option(names = "--swap-mb", paramLabel = "N", defaultValue = "0", description = "Swap partition in MiB.")
    private int swapMb;

    @Option(
            names = "--ephemeral-gb",
            paramLabel = "N",
            defaultValue = "0",
            description = "Ephemeral partition in GiB; its file system is made by mkfs of this machine.")
    private int ephemeralGb;

    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description =
                    "Where disk.raw, floppy.img, deploy.iso, boot.iso and the logs of serial consoles are kept; a new "
                            + "temporary folder if not given.")
    private Optional<Path> workDir;

    @Option(names = "--keep", description = "Stay up when the server is deployed, until Ctrl-C.")
    private boolean keep;

    @Option(
            names = "--json",
            description = "Print one JSON object on standard output; everything else goes to standard error.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ProgressMeter meter = new ProgressMeter(json ? err : out, Terminal.attached(), Clock.systemUTC());
        LabPlan plan = plan(meter);
        try (StopSignal stop = new StopSignal();
                LabDeploy deploy = LabDeploy.start(plan, meter)) {
            List<LabReport> reports = deploy.run();
            print(out, reports);
            reports.stream()
                    .flatMap(report -> report.complaint().stream())
                    .findFirst()
                    .ifPresent(complaint -> fail(complaint + " (what was made lies in "
                            + plan.files().folder() + ")"));
            if (keep) {
                stop.arm();
                err.printf("REST API at %s; Ctrl-C ends it%n", deploy.restUri());
                err.flush();
                stop.await();
            }
            return 0;
        }
    }

    private void print(PrintWriter out, List<LabReport> reports) throws IOException {
        if (json) {
            Object all = hardware.several() ? Map.of("nodes", reports) : reports.get(0);
            out.println(new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all));
        } else {
            reports.forEach(report -> LabSummary.print(out, report));
        }
        out.flush();
    }

    private LabPlan plan(ProgressMeter meter) throws IOException {
        hardware.check();
        hardware.checkHost();
        Path folder = workDir.isPresent()
                ? Files.createDirectories(workDir.get()).toRealPath()
                : Files.createTempDirectory("ferric-lab-");
        LabFiles files = files(folder, meter);
        long imageBytes = contentSize(files.image());
        int root = rootGb.orElse((int) Math.max(1, ceilDiv(imageBytes, ByteText.GIB)));
        requireWithin("--root-gb", root, 1, LARGEST_GIB);
        requireWithin("--swap-mb", swapMb, 0, LARGEST_GIB << 10);
        requireWithin("--ephemeral-gb", ephemeralGb, 0, LARGEST_GIB);
        long tables = hardware.firmware() == LabHardware.Firmware.UEFI ? UEFI_MIB : BIOS_MIB;
        long partitions = (root + (long) ephemeralGb) * ByteText.GIB + (swapMb + tables) * ByteText.MIB;
        long disk = diskSize.isPresent()
                ? ByteText.parse("--disk-size", diskSize.get())
                : partitions + SPARE_MIB * ByteText.MIB;
        if (disk < partitions || disk > LARGEST_GIB * ByteText.GIB) {
            throw new UsageException("a disk of " + ByteText.size(disk) + " cannot hold the partitions, which need "
                    + ByteText.size(partitions) + "; with an MBR it may have 2 TiB at most");
        }
        return new LabPlan(files, hardware, disk, root, swapMb, ephemeralGb);
    }

    private static long contentSize(Path image) throws IOException {
        long size;
        try {
            size = LabProof.contentSize(image);
        } catch (UnreadableImageException e) {
            throw new UsageException("--image " + image + ": " + e.getMessage()
                    + "; cure: give a sound image, raw, qcow2, or raw in gzip, xz or zstd"
                    + " (qemu-img convert makes one of most formats)");
        }
        if (size > LARGEST_GIB * ByteText.GIB) {
            throw new UsageException("--image " + image + " holds " + ByteText.size(size) + "; the lab deploys up to "
                    + ByteText.size(LARGEST_GIB * ByteText.GIB));
        }
        return size;
    }

    private LabFiles files(Path folder, ProgressMeter meter) throws IOException {
        LabFiles.Given given = new LabFiles.Given(image, kernel, ramdisk);
        if (!hardware.qemu()) {
            return LabFiles.pretend(folder, given);
        }
        if (KernelCache.ofUser().lacks(hardware.kernelPackage())) {
            meter.line("lab", "fetching " + hardware.kernelPackage() + ", once");
        }
        return LabFiles.bootable(folder, given, hardware.kernelPackage());
    }

    private static void requireWithin(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new UsageException(option + " " + value + " must be from " + least + " to " + most);
        }
    }

    private static long ceilDiv(long value, long unit) {
        return (value + unit - 1) / unit;
    }

    private static void fail(String complaint) {
        throw new LabFailure(complaint);
    }
}

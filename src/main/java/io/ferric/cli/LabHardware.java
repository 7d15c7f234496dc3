package io.ferric.cli;

import io.ferric.cli.terminal.UsageException;
import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.qemu.BootSupplies;
import io.ferric.lab.qemu.Bus;
import io.ferric.lab.qemu.HostNeeds;
import io.ferric.lab.qemu.InstanceImage;
import io.ferric.lab.qemu.VirtualMachine;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** The options of {@code ferric lab} that say what it deploys onto. */
final class LabHardware {
    private static final int MOST_NODES = 100;

    /** The words of {@code --firmware}, which are those of the capability {@code boot_mode} too. */
    enum Firmware {
        BIOS,
        UEFI;

        FirmwareMode mode() {
            return this == UEFI ? FirmwareMode.UEFI : FirmwareMode.LEGACY;
        }

        Firmware other() {
            return this == UEFI ? BIOS : UEFI;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--qemu",
            description = {
                "Deploy a virtual machine that boots for real, instead of a pretend server. Needs QEMU, tgt and others;",
                "what is missing is named with the command that installs it."
            })
    private boolean qemu;

    @Option(
            names = "--firmware",
            paramLabel = "MODE",
            defaultValue = "bios",
            description = "bios or uefi; the server starts in the other, and Ferric sets this. Default: bios.")
    private Firmware firmware;

    @Option(
            names = "--bus",
            paramLabel = "BUS",
            description =
                    "With --qemu: virtio (the default), or usb for an AHCI disk, virtual drives on USB and an e1000.")
    private Optional<Bus> bus;

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "1",
            description = "How many servers to deploy at once, 1 to " + MOST_NODES + ".")
    private int nodes;

    @Option(
            names = "--kernel-package",
            paramLabel = "NAME",
            description = {
                "With --qemu: the Debian package whose kernel boots, fetched once and kept below ~/.cache/ferric.",
                "linux-image-cloud-amd64, or linux-image-amd64 with --bus usb, if not given."
            })
    private Optional<String> kernelPackage;

    @Option(
            names = "--up-when",
            paramLabel = "REGEX",
            description =
                    "With --qemu and an image of your own: what on the serial console tells that it is up; not looked for "
                            + "while the deploy ramdisk runs.")
    private Optional<String> upWhen;

    /** Refuses what cannot be meant. */
    void check() {
        if (nodes < 1 || nodes > MOST_NODES) {
            throw new UsageException("--nodes " + nodes + " must be from 1 to " + MOST_NODES);
        }
        if (!qemu) {
            bus.ifPresent(given -> needsQemu("--bus"));
            kernelPackage.ifPresent(given -> needsQemu("--kernel-package"));
            upWhen.ifPresent(given -> needsQemu("--up-when"));
        }
        upWhen();
    }

    /** Names whatever this host lacks, before anything is made. */
    void checkHost() throws IOException {
        if (qemu) {
            HostNeeds needs = HostNeeds.onThisHost().machine(firmware.mode());
            InstanceImage.needs(BootSupplies.needs(needs, firmware.mode())).check();
        }
    }

    boolean qemu() {
        return qemu;
    }

    Firmware firmware() {
        return firmware;
    }

    Bus bus() {
        return bus.orElse(Bus.VIRTIO);
    }

    String kernelPackage() {
        return kernelPackage.orElse(bus() == Bus.USB ? "linux-image-amd64" : "linux-image-cloud-amd64");
    }

    Pattern upWhen() {
        try {
            return Pattern.compile(upWhen.orElse(VirtualMachine.INSTANCE_UP));
        } catch (PatternSyntaxException e) {
            throw new UsageException(
                    "--up-when " + e.getPattern() + " is no regular expression: " + e.getDescription());
        }
    }

    /** The servers' names. */
    Stream<String> names() {
        return nodes == 1 ? Stream.of("lab") : IntStream.rangeClosed(1, nodes).mapToObj(i -> "lab-" + i);
    }

    boolean several() {
        return nodes > 1;
    }

    private static void needsQemu(String option) {
        throw new UsageException(option + " goes with --qemu only");
    }
}

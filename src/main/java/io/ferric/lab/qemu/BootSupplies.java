package io.ferric.lab.qemu;

import io.ferric.image.BootIso;
import io.ferric.image.Content;
import io.ferric.image.EfiLoader;
import io.ferric.image.Images;
import io.ferric.image.Isolinux;
import io.ferric.image.ramdisk.DeployRamdisk;
import io.ferric.image.ramdisk.InstanceRamdisk;
import io.ferric.image.ramdisk.Kernel;
import io.ferric.image.ramdisk.RamdiskOptions;
import io.ferric.lab.ilo.FirmwareMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What virtual machines boot, made of one kernel: the ISO with the deploy ramdisk, for BIOS and, where this host has
 * GRUB for it, for UEFI; and a ramdisk that starts an instance from its root file system.
 */
public record BootSupplies(Path kernel, Path deployIso, Path instanceRamdisk) {
    /** What virtual machines get on the kernel's command line, so that the serial port shows what they do. */
    public static final String SERIAL_CONSOLE = "console=ttyS0";

    /** Adds what building them, and deploying with them by this firmware, needs of this host. */
    public static HostNeeds needs(HostNeeds needs, FirmwareMode firmware) {
        needs.program("tgtd", "tgt")
                .program("tgtadm", "tgt")
                .anyFile(Isolinux.USUAL_PLACES, "isolinux")
                .anyFile(
                        List.of(
                                Path.of("/usr/lib/syslinux/modules/bios/ldlinux.c32"),
                                Path.of("/usr/share/syslinux/ldlinux.c32")),
                        "syslinux-common");
        return firmware == FirmwareMode.UEFI && EfiLoader.find().isEmpty()
                ? needs.anyFile(
                        List.of(EfiLoader.USUAL_PLACES.get(EfiLoader.USUAL_PLACES.size() - 1)), "grub-efi-amd64-bin")
                : needs;
    }

    /**
     * Makes {@code deploy.iso} and {@code initrd} in this folder.
     *
     * @param parameters more for the kernel of the deploy ramdisk; may be empty
     */
    public static BootSupplies build(Kernel kernel, Path folder, String parameters) throws IOException {
        Path deployRamdisk = folder.resolve("deploy.initrd");
        Path deployIso = folder.resolve("deploy.iso");
        Path instanceRamdisk = folder.resolve("initrd");
        DeployRamdisk.build(kernel, RamdiskOptions.defaults(), deployRamdisk);
        BootIso iso = BootIso.of(
                Content.of(kernel.vmlinuz()),
                Content.of(deployRamdisk),
                (DeployRamdisk.KERNEL_PARAMETERS + " " + SERIAL_CONSOLE + " quiet " + parameters).strip(),
                Isolinux.find().map(Content::of),
                EfiLoader.find(Optional.empty()));
        Images.createBootIso(iso, deployIso);
        Files.delete(deployRamdisk);
        InstanceRamdisk.build(kernel, instanceRamdisk);
        return new BootSupplies(kernel.vmlinuz(), deployIso, instanceRamdisk);
    }
}

package io.ferric.image;

import java.time.Instant;
import java.util.Optional;

/**
 * A boot ISO as Ironic's iLO driver makes it: kernel and ramdisk at the root, isolinux and its configuration in
 * {@code isolinux/}, bootable by BIOS. Written by {@link Images#createBootIso}.
 *
 * @param kernel becomes {@code /vmlinuz}
 * @param ramdisk becomes {@code /initrd}
 * @param kernelParameters appended to the kernel's command line; see {@link BootParameters#requireSafeKernelParameters}
 * @param isolinux becomes {@code /isolinux/isolinux.bin}; the content given is not changed
 * @param ldlinux the module {@code ldlinux.c32} of the same release, which isolinux needs from version 5 on; without it
 *     the one beside a given isolinux file, or the host's, is taken
 * @param label volume label
 * @param time stamped on everything
 */
public record BootIso(
        Content kernel,
        Content ramdisk,
        String kernelParameters,
        Content isolinux,
        Optional<Content> ldlinux,
        String label,
        Instant time) {
    public static final String DEFAULT_LABEL = "VMEDIA_BOOT_ISO";

    public BootIso {
        BootParameters.requireSafeKernelParameters(kernelParameters);
        IsoImage.requireLabel(label);
        IsoTime.of(time);
    }

    /**
     * A boot ISO with the label {@code VMEDIA_BOOT_ISO}, stamped 1980-01-01.
     *
     * @throws IllegalArgumentException for kernel parameters with line breaks, control characters or quotes
     */
    public static BootIso of(Content kernel, Content ramdisk, String kernelParameters, Content isolinux) {
        return new BootIso(
                kernel, ramdisk, kernelParameters, isolinux, Optional.empty(), DEFAULT_LABEL, FatTime.EARLIEST);
    }

    /** The same with another volume label. */
    public BootIso label(String other) {
        return new BootIso(kernel, ramdisk, kernelParameters, isolinux, ldlinux, other, time);
    }

    /** The same with another time stamp. */
    public BootIso time(Instant other) {
        return new BootIso(kernel, ramdisk, kernelParameters, isolinux, ldlinux, label, other);
    }

    /** The same with this {@code ldlinux.c32}. */
    public BootIso ldlinux(Content module) {
        return new BootIso(kernel, ramdisk, kernelParameters, isolinux, Optional.of(module), label, time);
    }

    /** The ISO image this is, given the module that has been found for isolinux, if it needs one. */
    IsoImage toIsoImage(Optional<Content> module) {
        IsoImage.Builder iso = IsoImage.labelled(label)
                .time(time)
                .file("vmlinuz", kernel)
                .file("initrd", ramdisk)
                .file("isolinux/isolinux.bin", isolinux)
                .file("isolinux/isolinux.cfg", Content.of(configuration()))
                .boot(ElToritoEntry.bios("isolinux/isolinux.bin"));
        module.ifPresent(content -> iso.file("isolinux/ldlinux.c32", content));
        return iso.build();
    }

    private String configuration() {
        String append = kernelParameters.isBlank() ? "" : kernelParameters.strip() + " ";
        return "default boot\n\nlabel boot\nkernel /vmlinuz\nappend initrd=/initrd text " + append + "--\n";
    }
}

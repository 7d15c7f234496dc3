package io.ferric.image;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A boot ISO as Ironic's iLO driver makes it: kernel and ramdisk at the root, and a boot loader for BIOS, for UEFI, or
 * for both, each with a configuration that starts them at once. Written by {@link Images#createBootIso}.
 *
 * <p>For BIOS: isolinux and its configuration in {@code isolinux/}. For UEFI: {@code efi.img}, a FAT image with GRUB,
 * which finds the ISO by {@code /.disk/info} and its configuration at {@code /boot/grub/grub.cfg}.
 *
 * @param kernel becomes {@code /vmlinuz}
 * @param ramdisk becomes {@code /initrd}
 * @param kernelParameters appended to the kernel's command line; see {@link BootParameters#requireSafeKernelParameters}
 * @param isolinux becomes {@code /isolinux/isolinux.bin}; the content given is not changed
 * @param ldlinux the module {@code ldlinux.c32} of the same release, which isolinux needs from version 5 on; without it
 *     the one beside a given isolinux file, or the host's, is taken
 * @param efi what UEFI firmware starts
 * @param label volume label
 * @param time stamped on everything
 */
public record BootIso(
        Content kernel,
        Content ramdisk,
        String kernelParameters,
        Optional<Content> isolinux,
        Optional<Content> ldlinux,
        Optional<EfiLoader> efi,
        String label,
        Instant time) {
    public static final String DEFAULT_LABEL = "VMEDIA_BOOT_ISO";

    private static final String MARKER = ".disk/info";
    private static final String GRUB_CONFIGURATION = "boot/grub/grub.cfg";
    private static final String EFI_IMAGE = "efi.img";

    public BootIso {
        if (isolinux.isEmpty() && efi.isEmpty()) {
            throw new IllegalArgumentException(
                    "a boot ISO needs a boot loader: isolinux for BIOS, GRUB for UEFI, or both");
        }
        BootParameters.requireSafeKernelParameters(kernelParameters);
        IsoImage.requireLabel(label);
        IsoTime.of(time);
    }

    /**
     * A boot ISO with the label {@code VMEDIA_BOOT_ISO}, stamped 1980-01-01, that boots in the modes there are loaders for.
     *
     * @throws IllegalArgumentException without any loader, and for kernel parameters with line breaks, control characters
     *     or quotes
     */
    public static BootIso of(
            Content kernel,
            Content ramdisk,
            String kernelParameters,
            Optional<Content> isolinux,
            Optional<EfiLoader> efi) {
        return new BootIso(
                kernel, ramdisk, kernelParameters, isolinux, Optional.empty(), efi, DEFAULT_LABEL, FatTime.EARLIEST);
    }

    /** As above, for BIOS only. */
    public static BootIso of(Content kernel, Content ramdisk, String kernelParameters, Content isolinux) {
        return of(kernel, ramdisk, kernelParameters, Optional.of(isolinux), Optional.empty());
    }

    /** As above, for UEFI only. */
    public static BootIso of(Content kernel, Content ramdisk, String kernelParameters, EfiLoader efi) {
        return of(kernel, ramdisk, kernelParameters, Optional.empty(), Optional.of(efi));
    }

    /** The same with another volume label. */
    public BootIso label(String other) {
        return new BootIso(kernel, ramdisk, kernelParameters, isolinux, ldlinux, efi, other, time);
    }

    /** The same with another time stamp. */
    public BootIso time(Instant other) {
        return new BootIso(kernel, ramdisk, kernelParameters, isolinux, ldlinux, efi, label, other);
    }

    /** The same with this {@code ldlinux.c32}. */
    public BootIso ldlinux(Content module) {
        return new BootIso(kernel, ramdisk, kernelParameters, isolinux, Optional.of(module), efi, label, time);
    }

    /** The same, which UEFI firmware can boot too. */
    public BootIso efi(EfiLoader loader) {
        return new BootIso(kernel, ramdisk, kernelParameters, isolinux, ldlinux, Optional.of(loader), label, time);
    }

    /**
     * The EFI system partition that becomes {@code efi.img}. GRUBs that look for their configuration beside themselves, as
     * those of Fedora do, are sent on to the one on the ISO.
     */
    Optional<VfatImage> efiImage() {
        return efi.map(loader -> {
            VfatImage.Builder image = VfatImage.labelled("ESP")
                    .time(time)
                    .file("EFI/BOOT/BOOTX64.EFI", loader.boot())
                    .file(
                            "EFI/BOOT/grub.cfg",
                            Content.of("search --file --set=root /" + MARKER + "\nset prefix=($root)/boot/grub\n"
                                    + "configfile /" + GRUB_CONFIGURATION + "\n"));
            loader.grub().ifPresent(grub -> image.file("EFI/BOOT/grubx64.efi", grub));
            return image.build();
        });
    }

    /**
     * The ISO image this is.
     *
     * @param module what has been found for isolinux, if it needs one
     * @param efiImage {@link #efiImage()} as it was written
     */
    IsoImage toIsoImage(Optional<Content> module, Optional<Content> efiImage) {
        IsoImage.Builder iso =
                IsoImage.labelled(label).time(time).file("vmlinuz", kernel).file("initrd", ramdisk);
        isolinux.ifPresent(loader -> iso.file("isolinux/isolinux.bin", loader)
                .file("isolinux/isolinux.cfg", Content.of(isolinuxConfiguration()))
                .boot(ElToritoEntry.bios("isolinux/isolinux.bin")));
        module.ifPresent(content -> iso.file("isolinux/ldlinux.c32", content));
        efiImage.ifPresent(image -> iso.file(EFI_IMAGE, image)
                .file(MARKER, Content.of(label + "\n"))
                .file(GRUB_CONFIGURATION, Content.of(grubConfiguration()))
                .boot(ElToritoEntry.uefi(EFI_IMAGE)));
        return iso.build();
    }

    private String isolinuxConfiguration() {
        String append = kernelParameters.isBlank() ? "" : kernelParameters.strip() + " ";
        return "default boot\n\nlabel boot\nkernel /vmlinuz\nappend initrd=/initrd text " + append + "--\n";
    }

    private String grubConfiguration() {
        String append = Arrays.stream(kernelParameters.split(" "))
                .filter(word -> !word.isEmpty())
                .map(BootParameters::quotedForGrub)
                .map(word -> word + " ")
                .collect(Collectors.joining());
        return "set default=0\nset timeout=0\n\nmenuentry boot {\n    linux /vmlinuz text " + append
                + "--\n    initrd /initrd\n}\n";
    }
}

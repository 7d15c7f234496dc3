package io.ferric.cli;

import io.ferric.cli.terminal.UsageException;
import io.ferric.image.Content;
import io.ferric.image.EfiLoader;
import io.ferric.image.Isolinux;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The boot loaders of an ISO: those given, else those of this host. */
final class BootLoaderOptions {
    @Option(
            names = "--isolinux",
            description = "isolinux.bin, for servers with a BIOS; searched at the usual places when not given.")
    private Optional<Path> isolinuxBin = Optional.empty();

    @Option(
            names = "--grub-efi",
            description = "GRUB for CDs as an EFI program, or a shim with grubx64.efi beside it, for servers with UEFI;"
                    + " searched at the usual places when not given.")
    private Optional<Path> grubEfi = Optional.empty();

    /** The loader for a BIOS; missing only where there is one for UEFI. */
    Optional<Content> isolinux() throws IOException {
        if (isolinuxBin.isPresent()) {
            RegularFile.require(isolinuxBin.get());
        }
        Optional<Path> found = Isolinux.find(isolinuxBin);
        if (found.isEmpty() && efi().isEmpty()) {
            throw new UsageException("no boot loader was found, neither isolinux.bin at " + Isolinux.USUAL_PLACES
                    + " nor GRUB at " + EfiLoader.USUAL_PLACES
                    + "; cure: apt-get install isolinux syslinux-common, or grub-efi-amd64-bin, or --isolinux PATH,"
                    + " or --grub-efi PATH");
        }
        return found.map(Content::of);
    }

    /** The loader for UEFI. */
    Optional<EfiLoader> efi() throws IOException {
        if (grubEfi.isPresent()) {
            RegularFile.require(grubEfi.get());
        }
        Optional<EfiLoader> found = EfiLoader.find(grubEfi);
        if (found.isPresent()) {
            found.get().check();
        }
        return found;
    }
}

package io.ferric.ilo;

import io.ferric.driver.Findings;
import io.ferric.image.BootIso;
import io.ferric.image.Content;
import io.ferric.image.EfiLoader;
import io.ferric.image.Isolinux;
import io.ferric.node.BootMode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The boot loaders of this host, which boot ISOs made here start with: isolinux for BIOS, GRUB for UEFI. An ISO gets each
 * that is there. Made anew for each use, so that a package installed meanwhile counts.
 */
final class BootLoaders {
    private final IloConfig config;
    private final Optional<Content> isolinux;
    private final Optional<EfiLoader> efi;

    BootLoaders(IloConfig config) {
        this(config, Isolinux.find(config.isolinuxBin()).map(Content::of), EfiLoader.find(config.grubEfi()));
    }

    BootLoaders(IloConfig config, Optional<Content> isolinux, Optional<EfiLoader> efi) {
        this.config = config;
        this.isolinux = isolinux;
        this.efi = efi;
    }

    boolean has(BootMode mode) {
        return mode == BootMode.UEFI ? efi.isPresent() : isolinux.isPresent();
    }

    /**
     * Notes what is configured and cannot be used, and what is missing for a server to boot, and how to install it.
     *
     * @param wanted without it a loader for either mode will do
     */
    void check(Optional<BootMode> wanted, Findings findings) {
        for (BootMode mode : BootMode.values()) {
            boolean needed = wanted.map(mode::equals).orElse(mode == BootMode.BIOS && efi.isEmpty());
            boolean configured = mode == BootMode.UEFI
                    ? config.grubEfi().isPresent()
                    : config.isolinuxBin().isPresent();
            if (has(mode)) {
                checkUsable(mode, findings);
            } else if (needed || configured) {
                findings.invalid(field(mode), missing(mode));
            }
        }
    }

    private void checkUsable(BootMode mode, Findings findings) {
        try {
            if (mode == BootMode.UEFI) {
                efi.orElseThrow().check();
            } else {
                Isolinux.moduleFor(isolinux.orElseThrow());
            }
        } catch (IOException e) {
            findings.invalid(field(mode), "cannot be used: " + e.getMessage());
        }
    }

    private static String field(BootMode mode) {
        return mode == BootMode.UEFI ? "ilo/grub_efi" : "ilo/isolinux_bin";
    }

    /** Why there is no loader for this mode, and the cure. */
    String missing(BootMode mode) {
        String install = mode == BootMode.UEFI
                ? "apt-get install shim-signed grub-efi-amd64-signed, or grub-efi-amd64-bin where Secure Boot is off,"
                : "apt-get install isolinux syslinux-common,";
        return (mode == BootMode.UEFI ? config.grubEfi() : config.isolinuxBin())
                .map(path -> "is to be " + path + ", which cannot be read.")
                .orElse("is not on this host. Install it: " + install + " or configure its path.");
    }

    /** A boot ISO for every mode there is a loader for. */
    BootIso bootIso(Content kernel, Content ramdisk, String kernelParameters) {
        if (isolinux.isEmpty() && efi.isEmpty()) {
            throw Trouble.deploy("The boot loader isolinux " + missing(BootMode.BIOS), "");
        }
        return BootIso.of(kernel, ramdisk, kernelParameters, isolinux, efi);
    }

    /** What tells these loaders from others, a newer release of them for example. */
    String identity() {
        Stream<Content> ofUefi = efi.stream().flatMap(it -> Stream.concat(Stream.of(it.boot()), it.grub().stream()));
        return "bios " + digest(isolinux.stream()) + " uefi " + digest(ofUefi);
    }

    private static String digest(Stream<Content> loaders) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (Content loader : loaders.toList()) {
                try (InputStream in = new DigestInputStream(loader.open(), sha256)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (IOException e) {
            throw Trouble.making("The boot ISO", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}

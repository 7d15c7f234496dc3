package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.lab.NoEfiLoader;
import io.ferric.testkit.Kernels;
import io.ferric.testkit.Peer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Boot ISOs in a virtual machine: real firmware, real boot loaders, a real kernel that says how it was started. */
class BootIsoQemuIT {
    /** The longest that a busy machine has ever needed, several times over. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final String GRUB = "/usr/lib/grub/x86_64-efi/monolithic/gcdx64.efi";

    /** All that a boot loader could take for more than text; a kernel takes it for parameters of init's. */
    private static final String ODD = "a=$root b=x;y c={1} d=(2) e=#3 f=a*b g=[h] i=~ j=<&|> !k=%";

    private static final String PARAMETERS = "console=ttyS0 panic=-1 " + ODD;

    /** What a kernel without an init says last; by panic=-1 it then resets, which ends the virtual machine. */
    private static final String END = "Kernel panic";

    @TempDir
    Path folder;

    private Content kernel() {
        return Content.of(Kernels.cloud().vmlinuz());
    }

    private Path iso(Optional<Content> isolinux, Optional<EfiLoader> efi) throws IOException {
        Path iso = folder.resolve("boot.iso");
        // a cpio archive of nothing, with the mark that ends one
        String empty = "07070100000000" + "00000000".repeat(10) + "0000000B00000000TRAILER!!!\0\0\0\0";
        Images.createBootIso(BootIso.of(kernel(), Content.of(empty), PARAMETERS, isolinux, efi), iso);
        return iso;
    }

    @Test
    void a_bios_starts_the_kernel_through_isolinux() throws Exception {
        Path isolinux = Peer.requireFile("/usr/lib/ISOLINUX/isolinux.bin", "isolinux");
        Peer.requireFile("/usr/lib/syslinux/modules/bios/ldlinux.c32", "syslinux-common");
        Path iso = iso(Optional.of(Content.of(isolinux)), EfiLoader.find());
        assertThat(boot(iso, false)).contains("BOOT_IMAGE=/vmlinuz initrd=/initrd text " + PARAMETERS + " --", END);
    }

    @Test
    void uefi_starts_the_kernel_through_grub_alone() throws Exception {
        Path grub = Peer.requireFile(GRUB, "grub-efi-amd64-bin");
        Path iso = iso(Optional.empty(), Optional.of(EfiLoader.of(Content.of(grub))));
        assertThat(boot(iso, true)).contains("BOOT_IMAGE=/vmlinuz text " + PARAMETERS + " --", "efi: EFI v", END);
    }

    @Test
    void uefi_starts_the_kernel_through_a_signed_shim_and_grub() throws Exception {
        Peer.requireFile("/usr/lib/shim/shimx64.efi.signed", "shim-signed");
        Peer.requireFile("/usr/lib/grub/x86_64-efi-signed/gcdx64.efi.signed", "grub-efi-amd64-signed");
        Path iso = iso(Isolinux.find().map(Content::of), EfiLoader.find());
        assertThat(boot(iso, true)).contains("BOOT_IMAGE=/vmlinuz text " + PARAMETERS + " --", "efi: EFI v", END);
    }

    @Test
    void the_stand_in_for_grub_says_what_is_missing() throws Exception {
        EfiLoader standIn = EfiLoader.of(Content.of(NoEfiLoader.image()));
        Path iso = folder.resolve("boot.iso");
        Images.createBootIso(BootIso.of(Content.of("kernel"), Content.of("ramdisk"), "", standIn), iso);
        String text = "this disc was made without a boot loader for UEFI";
        assertThat(boot(iso, true, text)).contains(text);
    }

    private String boot(Path iso, boolean uefi) throws Exception {
        return boot(iso, uefi, END);
    }

    /** Boots until the console says this text, and returns all that it said. */
    private String boot(Path iso, boolean uefi, String until) throws Exception {
        Path serial = folder.resolve("serial");
        List<String> command = new ArrayList<>(List.of(
                Peer.require("qemu-system-x86_64").path().toString(),
                "-machine",
                "q35,smm=off",
                "-accel",
                "tcg,thread=multi",
                "-m",
                "512",
                "-nodefaults",
                "-display",
                "none",
                "-no-reboot",
                "-serial",
                "file:" + serial,
                "-drive",
                "if=none,id=cd,media=cdrom,format=raw,readonly=on,file=" + iso,
                "-device",
                "ide-cd,drive=cd,bootindex=0"));
        if (uefi) {
            command.addAll(firmware());
        }
        Path output = folder.resolve("qemu.out");
        Process machine = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (System.nanoTime() < deadline && !console(serial).contains(until)) {
                if (machine.waitFor(200, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
            return console(serial) + Files.readString(output);
        } finally {
            machine.destroyForcibly().waitFor();
        }
    }

    private List<String> firmware() throws IOException {
        Path code = Peer.requireFile("/usr/share/OVMF/OVMF_CODE_4M.fd", "ovmf");
        Path variables = Peer.requireFile("/usr/share/OVMF/OVMF_VARS_4M.fd", "ovmf");
        Path copy = Files.copy(variables, folder.resolve("vars.fd"), StandardCopyOption.REPLACE_EXISTING);
        return List.of(
                "-drive",
                "if=pflash,unit=0,format=raw,readonly=on,file=" + code,
                "-drive",
                "if=pflash,unit=1,format=raw,file=" + copy);
    }

    private static String console(Path serial) throws IOException {
        return Files.exists(serial) ? Files.readString(serial, StandardCharsets.ISO_8859_1) : "";
    }
}

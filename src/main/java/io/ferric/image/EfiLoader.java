package io.ferric.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The boot loader that 64-bit UEFI firmware starts from a boot ISO: a GRUB that was built for CDs, alone or behind the
 * shim that Secure Boot wants. Both are taken as a distribution built and signed them; nothing is put together here.
 *
 * @param boot becomes {@code EFI/BOOT/BOOTX64.EFI}, which the firmware looks for (UEFI specification, section 3.5.1.1)
 * @param grub becomes {@code EFI/BOOT/grubx64.efi}, which a shim starts; empty when {@code boot} is GRUB itself
 */
public record EfiLoader(Content boot, Optional<Content> grub) {
    /** Pairs of shim and GRUB, signed for Secure Boot; Debian's packages shim-signed and grub-efi-amd64-signed. */
    private static final Path SIGNED_SHIM = Path.of("/usr/lib/shim/shimx64.efi.signed");

    private static final Path SIGNED_GRUB = Path.of("/usr/lib/grub/x86_64-efi-signed/gcdx64.efi.signed");

    /** Debian's package grub-efi-amd64-bin. */
    private static final Path UNSIGNED_GRUB = Path.of("/usr/lib/grub/x86_64-efi/monolithic/gcdx64.efi");

    /** What is looked at when nothing is configured, in this order; the first two only together. */
    public static final List<Path> USUAL_PLACES = List.of(SIGNED_SHIM, SIGNED_GRUB, UNSIGNED_GRUB);

    private static final String GRUB_BEHIND_SHIM = "grubx64.efi";
    private static final int PE_OFFSET = 0x3C;
    private static final int HEADERS = 4096;
    private static final int PE_MAGIC = 0x4550;
    private static final int X64 = 0x8664;
    private static final int SUBSYSTEM = 92;
    private static final int EFI_APPLICATION = 10;

    /** A GRUB that the firmware starts by itself: not where Secure Boot is on, unless the firmware trusts its signer. */
    public static EfiLoader of(Content grub) {
        return new EfiLoader(grub, Optional.empty());
    }

    /** The loader on this host that starts on most servers: signed if there is one, for that starts anywhere. */
    public static Optional<EfiLoader> find() {
        return find(Function.identity());
    }

    /**
     * The configured file if there is one and it can be read; else what {@link #find()} finds. A wrong path finds nothing.
     * A file whose name begins with {@code shim} takes the {@code grubx64.efi} beside it along.
     */
    public static Optional<EfiLoader> find(Optional<Path> configured) {
        return configured.isEmpty()
                ? find()
                : configured.filter(Files::isReadable).map(EfiLoader::own);
    }

    static Optional<EfiLoader> find(Function<Path, Path> onHost) {
        Path shim = onHost.apply(SIGNED_SHIM);
        Path signed = onHost.apply(SIGNED_GRUB);
        if (Files.isReadable(shim) && Files.isReadable(signed)) {
            return Optional.of(new EfiLoader(Content.of(shim), Optional.of(Content.of(signed))));
        }
        return Optional.of(onHost.apply(UNSIGNED_GRUB))
                .filter(Files::isReadable)
                .map(Content::of)
                .map(EfiLoader::of);
    }

    private static EfiLoader own(Path file) {
        boolean shim = file.getFileName().toString().toLowerCase(Locale.ROOT).startsWith("shim");
        Optional<Path> grub = shim ? Optional.of(file.resolveSibling(GRUB_BEHIND_SHIM)) : Optional.empty();
        return new EfiLoader(Content.of(file), grub.map(Content::of));
    }

    /**
     * Passes programs for 64-bit x86 UEFI firmware only. A service asks this when it starts, so that no deploy finds out
     * half-way.
     *
     * @throws ImageCreationException naming the file that is none, or is not there
     */
    public void check() throws IOException {
        requireEfiProgram(boot);
        if (grub.isPresent()) {
            requireEfiProgram(grub.get());
        }
    }

    /** Source: Microsoft PE format, sections "COFF file header" and "Optional header". */
    private static void requireEfiProgram(Content program) throws IOException {
        program.size();
        byte[] head;
        try (InputStream in = program.open()) {
            head = in.readNBytes(HEADERS);
        }
        ByteBuffer headers = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        boolean dos = head.length > PE_OFFSET + Integer.BYTES && head[0] == 'M' && head[1] == 'Z';
        int pe = dos ? headers.getInt(PE_OFFSET) : -1;
        boolean fits = pe >= 0 && pe <= head.length - SUBSYSTEM - Short.BYTES;
        if (!fits
                || headers.getInt(pe) != PE_MAGIC
                || (headers.getShort(pe + 4) & 0xFFFF) != X64
                || headers.getShort(pe + SUBSYSTEM) != EFI_APPLICATION) {
            throw new ImageCreationException(program + " is no program for 64-bit x86 UEFI firmware");
        }
    }
}

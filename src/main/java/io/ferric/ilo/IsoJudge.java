package io.ferric.ilo;

import io.ferric.image.ElTorito;
import io.ferric.image.ElToritoEntry.Platform;
import io.ferric.image.ImageFormat;
import io.ferric.image.ImageInfo;
import io.ferric.node.BootMode;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Tells an ISO from what is none by its content: an iLO inserts anything, and the server then boots from something else. */
final class IsoJudge {
    /** As much of a file as tells its format. */
    private static final int HEAD = 128 * 1024;

    private IsoJudge() {}

    /**
     * Passes a whole ISO.
     *
     * @param mode what its boot catalogue must have an entry for, if that is known
     * @throws InvalidRequest with {@code ImageUnacceptable} when it is none, or does not boot in this mode
     */
    static void whole(String reference, Path file, Optional<BootMode> mode) throws IOException {
        ImageInfo info = ImageInfo.inspect(file);
        requireIso(reference, info);
        if (info.truncated()) {
            throw refused(
                    reference,
                    "it is truncated: " + info.fileSize() + " bytes of at least "
                            + info.declaredSize().orElseThrow(),
                    "Upload it again.");
        }
        requireBoots(reference, file, mode);
    }

    /** Passes the beginning of an ISO; as {@link #whole}, but the rest may be missing, the boot catalogue as well. */
    static void head(String reference, InputStream start, Path scratch, Optional<BootMode> mode) throws IOException {
        requireIso(reference, ImageInfo.inspect(Files.write(scratch, start.readNBytes(HEAD))));
        requireBoots(reference, scratch, mode);
    }

    private static void requireBoots(String reference, Path file, Optional<BootMode> mode) throws IOException {
        Optional<Set<Platform>> platforms = mode.isPresent() ? ElTorito.platforms(file) : Optional.empty();
        Platform wanted = mode.equals(Optional.of(BootMode.UEFI)) ? Platform.UEFI : Platform.BIOS;
        if (platforms.isEmpty() || platforms.get().contains(wanted)) {
            return;
        }
        String has = platforms.get().isEmpty()
                ? "no entry to boot from at all"
                : "only an entry for " + (wanted == Platform.UEFI ? Platform.BIOS : Platform.UEFI);
        throw refused(
                reference,
                "the server is to boot in " + wanted + " mode, and its boot catalogue has " + has,
                "Give an ISO that boots by " + wanted
                        + ", or set boot_mode in properties/capabilities to another mode.");
    }

    private static void requireIso(String reference, ImageInfo info) {
        if (info.format() != ImageFormat.ISO) {
            throw refused(
                    reference,
                    "it is no ISO image; by its content it is " + info.format(),
                    "Give a bootable ISO 9660 image.");
        }
    }

    private static InvalidRequest refused(String reference, String why, String cure) {
        return new InvalidRequest(
                FaultCode.IMAGE_UNACCEPTABLE, "The ISO " + IsoUrls.shown(reference) + " is refused: " + why, cure);
    }
}

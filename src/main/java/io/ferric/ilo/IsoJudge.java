package io.ferric.ilo;

import io.ferric.image.ImageFormat;
import io.ferric.image.ImageInfo;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells an ISO from what is none by its content: an iLO inserts anything, and the server then boots from something else. */
final class IsoJudge {
    /** As much of a file as tells its format. */
    private static final int HEAD = 128 * 1024;

    private IsoJudge() {}

    /**
     * Passes a whole ISO.
     *
     * @throws InvalidRequest with {@code ImageUnacceptable} when it is none
     */
    static void whole(String reference, Path file) throws IOException {
        ImageInfo info = ImageInfo.inspect(file);
        requireIso(reference, info);
        if (info.truncated()) {
            throw refused(
                    reference,
                    "it is truncated: " + info.fileSize() + " bytes of at least "
                            + info.declaredSize().orElseThrow(),
                    "Upload it again.");
        }
    }

    /** Passes the beginning of an ISO; as {@link #whole}, but the rest may be missing. */
    static void head(String reference, InputStream start, Path scratch) throws IOException {
        requireIso(reference, ImageInfo.inspect(Files.write(scratch, start.readNBytes(HEAD))));
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

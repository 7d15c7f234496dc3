package io.ferric.ilo.client;

import io.ferric.ilo.wire.ShownUrl;
import java.util.Optional;

/**
 * What is in a virtual drive.
 *
 * @param heldByConsole a remote console has taken the drive, so that it cannot be used by others
 * @param image the URL as the iLO tells it; may hold a signature
 * @param bootOption the iLO's own word for when it is connected, such as {@code BOOT_ALWAYS}
 */
public record MediaStatus(
        boolean inserted, boolean heldByConsole, Optional<String> image, String bootOption, boolean writeProtected) {
    /** Nothing in it. */
    public static final MediaStatus EMPTY = new MediaStatus(false, false, Optional.empty(), "NO_BOOT", false);

    /** This image in it, connected and write protected. */
    public static MediaStatus holding(String url) {
        return new MediaStatus(true, false, Optional.of(url), "BOOT_ALWAYS", true);
    }

    /** The URL without what is secret. */
    @Override
    public String toString() {
        return inserted
                ? "inserted " + image.map(ShownUrl::of).orElse("(URL not told)") + ", " + bootOption
                : "empty" + (heldByConsole ? ", held by a remote console" : "");
    }
}

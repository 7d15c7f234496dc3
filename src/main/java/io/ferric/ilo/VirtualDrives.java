package io.ferric.ilo;

import io.ferric.ilo.client.Cures;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.ilo.client.MediaUse;
import io.ferric.ilo.wire.Pause;
import io.ferric.ilo.wire.ShownUrl;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import java.net.URI;
import java.util.regex.Pattern;

/**
 * Puts an image in a virtual drive and makes sure it is there: iLOs have been seen to answer "No error" and insert
 * nothing. Safe for use by many threads.
 */
final class VirtualDrives {
    /** Some iLOs need a moment until the status shows what was inserted. */
    private static final int LOOKS = 3;

    private static final Pattern USER = Pattern.compile("(?<=://)[^/@]*@");

    private final IloConfig config;
    private final Pause pause;
    private final Insistence insistence;

    VirtualDrives(IloConfig config, Pause pause) {
        this.config = config;
        this.pause = pause;
        this.insistence = new Insistence(config, pause);
    }

    /** Ejects what is in, inserts, reads back, connects. */
    void attach(IloClient ilo, MediaDrive drive, URI image, MediaUse use) {
        MediaStatus before = ilo.mediaStatus(drive);
        if (before.heldByConsole()) {
            throw new OperationFailed(
                    FaultCode.ILO_OPERATION_ERROR,
                    "The virtual drive " + drive + " is taken by someone's remote console",
                    Cures.CONSOLE);
        }
        if (before.inserted()) {
            ilo.ejectMedia(drive);
        }
        ilo.insertMedia(drive, image);
        readBack(ilo, drive, image);
        ilo.connectMedia(drive, use);
    }

    /** Ejects what is in, insistently; content when nothing is. */
    void eject(IloClient ilo, MediaDrive drive) {
        insistence.on(() -> ilo.ejectMedia(drive));
    }

    private void readBack(IloClient ilo, MediaDrive drive, URI image) {
        MediaStatus status = ilo.mediaStatus(drive);
        for (int look = 1; look < LOOKS && !shows(status, image); look++) {
            pause.pause(config.powerWait());
            status = ilo.mediaStatus(drive);
        }
        if (!shows(status, image)) {
            throw notThere(drive, image, status);
        }
    }

    /** An iLO that does not tell the URL is believed, one that tells another is not; some leave out user and password. */
    private static boolean shows(MediaStatus status, URI image) {
        String ours = withoutUser(image.toString());
        return status.inserted()
                && status.image().map(url -> withoutUser(url).equals(ours)).orElse(true);
    }

    private static String withoutUser(String url) {
        return USER.matcher(url).replaceFirst("");
    }

    private static OperationFailed notThere(MediaDrive drive, URI image, MediaStatus status) {
        String shown = ShownUrl.of(image.toString());
        String found = status.inserted()
                ? "has another image inserted: "
                        + status.image().map(ShownUrl::of).orElse("")
                : "has nothing inserted";
        return new OperationFailed(
                FaultCode.ILO_OPERATION_ERROR,
                "Inserting virtual media " + drive + ": the iLO took " + shown + " without an error and " + found,
                "Check that the iLO can reach " + shown
                        + ", that its firmware takes this kind of URL, and that nobody else"
                        + " uses the drive; resetting the iLO has helped.");
    }
}

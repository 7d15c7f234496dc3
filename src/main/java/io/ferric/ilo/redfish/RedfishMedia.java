package io.ferric.ilo.redfish;

import io.ferric.ilo.client.Cures;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.ilo.client.MediaUse;
import io.ferric.ilo.client.Quirk;
import java.io.IOException;
import java.net.URI;

/** Virtual drives. iLOs refuse to insert over what is in, so it is ejected first. Source: HPE RESTful API guides. */
final class RedfishMedia {
    private final RedfishIlo ilo;

    RedfishMedia(RedfishIlo ilo) {
        this.ilo = ilo;
    }

    MediaStatus status(MediaDrive drive) {
        return ilo.ask("reading the status of virtual media " + drive, talk -> RedfishDrive.of(talk, drive)
                .status());
    }

    void insert(MediaDrive drive, URI image) {
        String operation = "inserting virtual media " + drive;
        boolean free = ilo.ask(operation, talk -> {
            requireScheme(image);
            MediaStatus before = RedfishDrive.of(talk, drive).status();
            if (before.heldByConsole()) {
                throw Declined.because("the virtual drive is taken by someone's remote console", Cures.CONSOLE);
            }
            return !before.inserted();
        });
        if (!free) {
            eject(drive);
        }
        ilo.tell(operation, talk -> RedfishDrive.of(talk, drive).insert(talk, image));
    }

    /** Comes back when nothing is in any more. */
    void eject(MediaDrive drive) {
        String operation = "ejecting virtual media " + drive;
        boolean empty = ilo.ask(operation, talk -> {
            RedfishDrive before = RedfishDrive.of(talk, drive);
            return !before.status().inserted() || ejected(talk, drive, before);
        });
        if (!empty && !ilo.settles(operation, talk -> isEmpty(talk, drive))) {
            throw ilo.fault(
                    operation,
                    Declined.because(
                            "it takes the command but still says that media is inserted",
                            "Close the virtual media of remote consoles, or reset the iLO."));
        }
    }

    /** A refusal does not matter when the drive is empty afterwards. */
    private static boolean ejected(RedfishTalk talk, MediaDrive drive, RedfishDrive before) throws IOException {
        try {
            before.eject(talk);
        } catch (RedfishRefusal e) {
            if (!isEmpty(talk, drive)) {
                throw e;
            }
        }
        return isEmpty(talk, drive);
    }

    private static boolean isEmpty(RedfishTalk talk, MediaDrive drive) throws IOException {
        return !RedfishDrive.of(talk, drive).status().inserted();
    }

    /** What is inserted is connected at once; only booting from it must be asked for. */
    void connect(MediaDrive drive, MediaUse use) {
        if (use == MediaUse.BOOT_ONCE && drive == MediaDrive.CDROM) {
            ilo.tell("connecting virtual media " + drive, talk -> RedfishDrive.of(talk, drive)
                    .bootOnNextReset(talk, true));
        }
    }

    private void requireScheme(URI image) throws Declined {
        if (Quirk.HTTPS_MEDIA_ONLY.applies(ilo.identity()) && !"https".equalsIgnoreCase(image.getScheme())) {
            throw Declined.because(
                    "an " + ilo.identity().generation() + " takes images by https only, and this one is published by "
                            + image.getScheme(),
                    "Have images published by https (publish settings).");
        }
    }
}

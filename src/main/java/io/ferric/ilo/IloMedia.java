package io.ferric.ilo;

import io.ferric.driver.Findings;
import io.ferric.driver.MediaInterface;
import io.ferric.driver.Task;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.ilo.client.MediaUse;
import io.ferric.ilo.wire.ShownUrl;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.ProvisionState;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Virtual media by hand: an image that the iLO fetches by its URL, as long as no deploy needs the drives. The boot device
 * is left alone. Safe for use by many threads.
 */
public final class IloMedia implements MediaInterface {
    /** Longer ones are cut off or refused by some iLOs, whose limits are not documented. */
    private static final int LONG_URL = 255;

    private final NodeIlo ilos;
    private final Sightings sightings;
    private final VirtualDrives drives;

    IloMedia(IloParts.Talk talk) {
        this.ilos = talk.ilos();
        this.sightings = talk.sightings();
        this.drives = talk.drives();
    }

    @Override
    public void validate(Task task, Findings findings) {
        ilos.check(task.node(), findings)
                .flatMap(info -> sightings.of(task.node(), info))
                .ifPresent(seen -> Warnings.ofLicense(seen, findings));
    }

    @Override
    public void attach(Task task, Device device, URI image) {
        requireNoDeploy(task);
        requireUrl(task, image);
        warnOfName(task, device, image);
        drives.attach(ilos.client(task), drive(device), image, MediaUse.CONNECT);
        task.event("media", "Inserted " + ShownUrl.of(image.toString()) + " in the virtual " + word(device));
    }

    @Override
    public void detach(Task task, List<Device> devices) {
        requireNoDeploy(task);
        IloClient ilo = ilos.client(task);
        for (Device device : devices) {
            drives.eject(ilo, drive(device));
            task.event("media", "Nothing is in the virtual " + word(device) + " any more");
        }
    }

    @Override
    public List<Attached> attached(Task task) {
        IloClient ilo = ilos.client(task);
        return Arrays.stream(Device.values())
                .map(device -> attached(device, ilo.mediaStatus(drive(device))))
                .toList();
    }

    private static Attached attached(Device device, MediaStatus status) {
        String image = status.inserted() ? status.image().map(ShownUrl::of).orElse("(URL not told)") : "";
        return new Attached(device, status.inserted(), image);
    }

    private static void requireNoDeploy(Task task) {
        ProvisionState state = task.node().provisionState();
        if (state.underWay()) {
            throw new InvalidRequest(
                    FaultCode.INVALID_STATE_REQUESTED,
                    "The node is " + state + ", which needs its virtual drives",
                    "Try again once that is over, or end it.");
        }
    }

    private void requireUrl(Task task, URI image) {
        String scheme = image.getScheme() == null ? "" : image.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https") || image.getHost() == null) {
            throw wrong(
                    "'" + ShownUrl.of(image.toString()) + "' is no URL an iLO can fetch",
                    "Write http://host:port/path.");
        }
        sightings
                .of(task.node(), ilos.info(task.node()))
                .filter(seen -> !HttpsMedia.takes(seen, image.toString()))
                .ifPresent(seen -> {
                    throw wrong(
                            "'" + ShownUrl.of(image.toString()) + "' is not by https, and the iLO (" + seen.who()
                                    + ") takes no other",
                            "Write https://host:port/path.");
                });
    }

    private static InvalidRequest wrong(String message, String hint) {
        return new InvalidRequest(FaultCode.INVALID_PARAMETER_VALUE, message, hint);
    }

    /** Told beforehand, for an iLO that does not like an image says little. */
    private static void warnOfName(Task task, Device device, URI image) {
        String ending = device == Device.CDROM ? ".iso" : ".img";
        if (!image.getPath().toLowerCase(Locale.ROOT).endsWith(ending)) {
            task.event(
                    "media", "Some iLOs take an image for the " + word(device) + " only if its name ends in " + ending);
        }
        if (image.toString().length() > LONG_URL) {
            task.event("media", "Some iLOs take no URL of more than " + LONG_URL + " characters; this one has more");
        }
    }

    private static MediaDrive drive(Device device) {
        return device == Device.CDROM ? MediaDrive.CDROM : MediaDrive.FLOPPY;
    }

    private static String word(Device device) {
        return device == Device.CDROM ? "CD drive" : "floppy drive";
    }
}

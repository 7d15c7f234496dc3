package io.ferric.ilo;

import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.License;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaUse;
import io.ferric.ilo.client.NotOffered;
import io.ferric.node.BootDevice;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.OperationFailed;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a server boot from an ISO that its iLO fetches from us, and takes everything away again. The two methods are
 * the blueprint's {@code setup_virtual_media_boot} and {@code cleanup_virtual_media_boot}. Each can be called again
 * at any time. Safe for use by many threads.
 */
public final class VirtualMediaBoot {
    /** Where a license that has been seen is remembered, for one iLO call a deploy is enough. */
    static final String LICENSE_SEEN = "ilo_license";

    private static final Logger LOG = LoggerFactory.getLogger(VirtualMediaBoot.class);

    private final NodeIlo ilos;
    private final IloConfig config;
    private final VirtualFloppy floppy;
    private final IsoUrls isos;
    private final VirtualDrives drives;
    private final Sightings sightings;
    private final HttpsMedia https;

    VirtualMediaBoot(IloParts.Talk talk, IloConfig config, VirtualFloppy floppy, IsoUrls isos) {
        this.ilos = talk.ilos();
        this.drives = talk.drives();
        this.sightings = talk.sightings();
        this.config = config;
        this.floppy = floppy;
        this.isos = isos;
        this.https = new HttpsMedia(isos);
    }

    /**
     * Attaches the ISO, under a fresh URL, and sets the next boot to it. The server's power is left alone.
     *
     * @param bootIso a reference as in {@link IsoUrls}
     * @param parameters goes on a virtual floppy together with the token; no floppy when empty
     */
    public void setupVirtualMediaBoot(Task task, String bootIso, Map<String, String> parameters) {
        checkLicense(task);
        IloClient ilo = ilos.client(task);
        // a whole ISO may have to be copied first; the life of floppy and token begins after that
        URI iso = isos.urlOf(task.node(), bootIso);
        task.checkCancelled();
        if (!parameters.isEmpty()) {
            task.event("media", "Making the virtual floppy with the orders for the ramdisk");
            drives.attach(
                    ilo, MediaDrive.FLOPPY, floppy.publish(task, parameters).uri(), MediaUse.CONNECT);
            task.checkCancelled();
        }
        task.event("media", "Inserting " + IsoUrls.shown(bootIso) + " in the virtual CD drive");
        drives.attach(ilo, MediaDrive.CDROM, iso, config.mediaUse());
        if (config.mediaUse() != MediaUse.BOOT_ONCE) {
            bootOnce(task, ilo);
        }
        task.event("media", "The iLO shows the media inserted; the next boot comes from the virtual CD");
    }

    /** Some firmware refuses a boot device for one boot, but boots from the drive when the drive is told to. */
    private static void bootOnce(Task task, IloClient ilo) {
        try {
            ilo.setOneTimeBoot(BootDevice.CDROM);
        } catch (OperationFailed e) {
            if (!NotOffered.caused(e)) {
                throw e;
            }
            task.event("media", "The iLO sets no boot device for one boot; its virtual CD is set to be booted once");
            ilo.connectMedia(MediaDrive.CDROM, MediaUse.BOOT_ONCE);
        }
    }

    /** Notes what would keep the ramdisk from getting its orders, as far as it is known without asking the iLO. */
    void validate(Task task, Findings findings) {
        floppy.validate(task, findings);
        ilos.check(task.node(), new Findings())
                .flatMap(info -> sightings.of(task.node(), info))
                .ifPresent(seen -> {
                    https.check(task.node(), seen, findings);
                    Warnings.ofLicense(seen, findings);
                });
    }

    /** @throws NodeFault when the ramdisk would have no token to call back with */
    void requireToken(Task task) {
        floppy.requireToken(task);
    }

    /**
     * Looks at the iLO before anything is touched: tells which it is and what is known to be wrong with it, and fails when
     * it will not take our media.
     *
     * @throws NodeFault with {@code InstanceDeployFailure} when it has no license, {@code InvalidParameterValue} when it
     *     takes no such URLs
     */
    void meet(Task task) {
        Sighting seen = sightings.look(task);
        seen.firmware().ifPresent(firmware -> {
            task.event("ilo", "The iLO is spoken to in " + seen.protocol() + ": " + seen.who());
            firmware.warnings().forEach(warning -> task.event("firmware", warning));
        });
        checkLicense(task, seen.licenses());
        Findings findings = new Findings();
        https.check(task.node(), seen, findings);
        findings.throwIfAny();
    }

    /**
     * Fails when the iLO has no license for virtual media; asks once a deploy.
     *
     * @throws OperationFailed with {@code InstanceDeployFailure}
     */
    public void checkLicense(Task task) {
        checkLicense(task, Optional.empty());
    }

    /** @param known what it has, where it was asked already */
    private void checkLicense(Task task, Optional<List<License>> known) {
        if (!config.checkLicense() || task.node().status().internalInfo().containsKey(LICENSE_SEEN)) {
            return;
        }
        List<License> licenses = known.orElseGet(() -> ilos.client(task).licenses());
        License good = licenses.stream()
                .filter(License::allowsVirtualMedia)
                .findFirst()
                .orElseThrow(
                        () -> Trouble.deploy(
                                "The iLO has no license for virtual media; it has: " + Warnings.names(licenses),
                                "Install an iLO Advanced or Scale-Out license, or set ilo.check_license to false to try anyway."));
        task.remember(LICENSE_SEEN, good.type());
    }

    /**
     * Ejects both drives and removes what was published for this node alone. A failure of one does not stop the others,
     * and none is thrown: this runs after failures, whose cause must stay what the operator hears of.
     */
    public void cleanupVirtualMediaBoot(Task task) {
        Node node = task.node();
        attempt(task, "remove the virtual floppy", () -> floppy.remove(node));
        attempt(task, "eject the virtual floppy", () -> drives.eject(ilos.client(task), MediaDrive.FLOPPY));
        attempt(task, "eject the virtual CD", () -> drives.eject(ilos.client(task), MediaDrive.CDROM));
        attempt(task, "remove the published deploy ISO", () -> isos.remove(node));
    }

    private interface Step {
        void run() throws Exception;
    }

    private static void attempt(Task task, String what, Step step) {
        try {
            step.run();
        } catch (Exception e) {
            LOG.warn("node {}: could not {}: {}", task.node().uuid(), what, e.getMessage());
            task.event("clean up", "Could not " + what + ": " + e.getMessage());
        }
    }
}

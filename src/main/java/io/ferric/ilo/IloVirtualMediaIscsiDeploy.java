package io.ferric.ilo;

import io.ferric.deploy.BootPlan;
import io.ferric.deploy.IscsiDeploy;
import io.ferric.driver.DeployInterface;
import io.ferric.driver.DeployOutcome;
import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.node.BootMode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.PowerAction;
import io.ferric.node.ProvisionState;
import java.util.Optional;

/**
 * The iLO virtual-media iSCSI deploy, first visit: ISOs and image are checked before the power is touched, then the
 * server boots the deploy ramdisk from virtual media. The ramdisk's call goes to {@link VendorPassthru}. Source: the
 * blueprint "iLO Virtual Media iSCSI Deploy Driver". Safe for use by many threads.
 */
public final class IloVirtualMediaIscsiDeploy implements DeployInterface {
    /** Set before the ramdisk is told to go: a second run must not be upset when nobody listens any more. */
    static final String NOTIFIED = "ramdisk_notified";

    /**
     * Set before the ramdisk is told to install a boot loader: from then on it reports that, and offers no disk again.
     */
    static final String BOOT_LOADER_ORDERED = "boot_loader_ordered";

    /** Set until a deploy first changes the server's power or media. */
    private static final String UNTOUCHED = "server_untouched";

    private final IscsiDeploy iscsi;
    private final VirtualMediaBoot media;
    private final IsoUrls isos;
    private final BootIsoLibrary bootIsos;
    private final RamdiskBoot ramdisk;

    IloVirtualMediaIscsiDeploy(IloParts parts, RamdiskBoot ramdisk) {
        this.iscsi = parts.iscsi();
        this.media = parts.media();
        this.isos = parts.isos();
        this.bootIsos = parts.bootIsos();
        this.ramdisk = ramdisk;
    }

    @Override
    public void validate(Task task, Findings findings) {
        Node node = task.node();
        ramdisk.validate(task, findings);
        iscsi.validate(task, findings);
        RamdiskBoot.checkBootMode(node, findings);
        IloInterfaces.warn(node, findings);
        if (needsBootIso(node)) {
            bootIsos.validate(node, RamdiskBoot.wantedBootMode(node), isos, findings);
        }
    }

    /** Not to be told when nothing is known of the image, which is noted already. */
    private boolean needsBootIso(Node node) {
        try {
            return !iscsi.instanceBoot(node).fromDisk();
        } catch (InvalidRequest e) {
            return false;
        }
    }

    /** Refuses ISOs that do not boot in the mode the server is going to have, before anything is touched. */
    @Override
    public void prepare(Task task) {
        task.forget(NOTIFIED);
        task.forget(BOOT_LOADER_ORDERED);
        ErasingRamdisk.forget(task);
        if (task.attempt() == 1) {
            task.remember(UNTOUCHED, true);
        }
        BootMode mode = ramdisk.prepare(task);
        if (!iscsi.instanceBoot(task.node()).fromDisk()) {
            bootIsos.requireBoots(task.node(), mode, isos);
        }
    }

    @Override
    public DeployOutcome deploy(Task task) {
        task.event("image", "Fetching and checking the image");
        iscsi.cacheInstanceImage(task);
        iscsi.checkImageSize(task);
        media.requireToken(task);
        task.forget(UNTOUCHED);
        task.checkCancelled();
        ramdisk.boot(task, () -> iscsi.getDeployInfo(task));
        return new DeployOutcome.AwaitingRamdisk();
    }

    @Override
    public void tearDown(Task task) {
        task.event("power", "Switching the server off");
        task.setPower(PowerAction.OFF);
    }

    /**
     * Not while the image is fetched and checked: what is wrong with an image must not end a running instance. From
     * then on the iLO is worked with, and whatever fails leaves the server off and its drives empty. Only while
     * deploying: a tear-down that comes after takes the server down whatever a deploy before it did.
     */
    @Override
    public boolean touched(Task task) {
        return task.node().provisionState() != ProvisionState.DEPLOYING
                || !task.node().status().internalInfo().containsKey(UNTOUCHED);
    }

    /**
     * Leaves media and boot ISO alone when the server was not touched: an instance may be running from them. The boot
     * ISO comes last: should giving it back fail, everything else is gone already, and a retry finds it.
     */
    @Override
    public void cleanUp(Task task) {
        iscsi.retireKey(task);
        task.forget(BootPlan.REMEMBERED_MODE);
        if (!touched(task)) {
            iscsi.destroyImages(task.node().uuid());
            return;
        }
        ramdisk.takeAway(task);
        iscsi.destroyImages(task.node().uuid());
        bootIsos.release(task);
        task.forget(UNTOUCHED);
        task.forget(NOTIFIED);
        task.forget(BOOT_LOADER_ORDERED);
    }

    @Override
    public Optional<String> explainSilence(Task task) {
        if (task.node().status().internalInfo().containsKey(BOOT_LOADER_ORDERED)) {
            return Optional.of(
                    "The disk is written; the ramdisk was told to install a boot loader and has not reported:"
                            + " look at the server's console.");
        }
        return ramdisk.explainSilence(task);
    }
}

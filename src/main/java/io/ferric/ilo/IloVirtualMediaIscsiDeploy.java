package io.ferric.ilo;

import io.ferric.deploy.BootPlan;
import io.ferric.deploy.IscsiDeploy;
import io.ferric.deploy.RamdiskOptions;
import io.ferric.driver.DeployInterface;
import io.ferric.driver.DeployOutcome;
import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.node.BootMode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.PowerAction;
import io.ferric.node.ProvisionState;
import java.time.Clock;
import java.time.Instant;
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

    private static final String ATTACHED_AT = "media_attached_at";

    private final NodeIlo ilos;
    private final IscsiDeploy iscsi;
    private final VirtualMediaBoot media;
    private final IsoUrls isos;
    private final BootIsoLibrary bootIsos;
    private final IloManagement management;
    private final Silence silence;
    private final Clock clock;

    IloVirtualMediaIscsiDeploy(IloParts parts, Clock clock) {
        this.ilos = parts.talk().ilos();
        this.iscsi = parts.iscsi();
        this.media = parts.media();
        this.isos = parts.isos();
        this.bootIsos = parts.bootIsos();
        this.management = parts.management();
        this.silence = parts.silence();
        this.clock = clock;
    }

    @Override
    public void validate(Task task, Findings findings) {
        Node node = task.node();
        ilos.check(node, findings);
        checkDeployIso(node, findings);
        media.validate(task, findings);
        isos.servedAt()
                .flatMap(iscsi::unreachable)
                .ifPresent(why -> findings.invalid(
                        "publisher.local.host",
                        why + " Set it to an address that the iLO reaches, or publisher.local.external_url."));
        iscsi.validate(task, findings);
        checkBootMode(node, findings);
        if (needsBootIso(node)) {
            bootIsos.validate(node, wantedBootMode(node), isos, findings);
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
        if (task.attempt() == 1) {
            task.remember(UNTOUCHED, true);
        }
        BootMode mode = nextBootMode(task, management.bootMode(task));
        task.remember(BootPlan.REMEMBERED_MODE, mode.wireName());
        isos.judge("driver_info/" + IloDriverInfo.DEPLOY_ISO, deployIso(task.node()), Optional.of(mode));
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
        media.meet(task);
        task.event("power", "Switching the server off");
        task.setPower(PowerAction.OFF);
        task.checkCancelled();
        setBootMode(task);
        RamdiskOptions options = iscsi.getDeployInfo(task);
        task.remember(ATTACHED_AT, clock.instant().toString());
        media.setupVirtualMediaBoot(task, deployIso(task.node()), options.parameters());
        task.checkCancelled();
        task.event("power", "Switching the server on; it boots the deploy ramdisk");
        task.setPower(PowerAction.ON);
        task.event("ramdisk", "Waiting for the deploy ramdisk to call back");
        return new DeployOutcome.AwaitingRamdisk();
    }

    /**
     * Only now: an instance that goes on running after a failure before this must find its own mode at its next boot.
     */
    private void setBootMode(Task task) {
        Optional<BootMode> pending = management.bootMode(task);
        BootMode mode = nextBootMode(task, pending);
        if (!pending.equals(Optional.of(mode))) {
            task.event("boot mode", "Setting the boot mode to " + mode);
            management.setBootMode(task, mode);
        }
    }

    /** What the node's capability asks for, else what is set; BIOS when nobody ever chose one. */
    private static BootMode nextBootMode(Task task, Optional<BootMode> pending) {
        return wantedBootMode(task.node()).or(() -> pending).orElse(BootMode.BIOS);
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
            iscsi.destroyImages(task.node());
            return;
        }
        media.cleanupVirtualMediaBoot(task);
        iscsi.destroyImages(task.node());
        bootIsos.release(task);
        task.forget(UNTOUCHED);
        task.forget(NOTIFIED);
        task.forget(BOOT_LOADER_ORDERED);
        task.forget(ATTACHED_AT);
        task.forget(VirtualMediaBoot.LICENSE_SEEN);
    }

    @Override
    public Optional<String> explainSilence(Task task) {
        if (task.node().status().internalInfo().containsKey(BOOT_LOADER_ORDERED)) {
            return Optional.of(
                    "The disk is written; the ramdisk was told to install a boot loader and has not reported:"
                            + " look at the server's console.");
        }
        Object attachedAt = task.node().status().internalInfo().get(ATTACHED_AT);
        Optional<String> deployIso = task.node().driverInfo().firstText(IloDriverInfo.DEPLOY_ISO, "deploy_iso");
        if (attachedAt == null || deployIso.isEmpty()) {
            return Optional.empty();
        }
        return silence.explain(task.node(), deployIso.get(), Instant.parse(attachedAt.toString()));
    }

    private String deployIso(Node node) {
        return ilos.info(node)
                .deployIso()
                .orElseThrow(() -> Trouble.deploy(
                        "The node has no deploy ISO", "Set driver_info/" + IloDriverInfo.DEPLOY_ISO + "."));
    }

    private void checkDeployIso(Node node, Findings findings) {
        String field = "driver_info/" + IloDriverInfo.DEPLOY_ISO;
        Optional<String> reference = node.driverInfo().firstText(IloDriverInfo.DEPLOY_ISO, "deploy_iso");
        if (reference.isEmpty()) {
            findings.missing(field, "Give the ISO with the deploy ramdisk: a Glance UUID, http(s):// or file://.");
            return;
        }
        try {
            isos.check(reference.get(), wantedBootMode(node));
        } catch (InvalidRequest e) {
            findings.invalid(field, "cannot be used: " + e.inPlainWords());
        }
    }

    private static void checkBootMode(Node node, Findings findings) {
        Optional<String> wanted = node.capability("boot_mode");
        boolean own = wanted.equals(node.spec().capability("boot_mode"));
        wanted.filter(mode -> BootMode.ofWireName(mode).isEmpty())
                .ifPresent(mode -> findings.invalid(
                        own ? "properties/capabilities" : "instance_info/capabilities",
                        "has boot_mode '" + mode + "'; it can be bios or uefi."));
    }

    private static Optional<BootMode> wantedBootMode(Node node) {
        return node.capability("boot_mode").flatMap(BootMode::ofWireName);
    }
}

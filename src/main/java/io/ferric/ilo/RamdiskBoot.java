package io.ferric.ilo;

import io.ferric.deploy.BootPlan;
import io.ferric.deploy.IscsiDeploy;
import io.ferric.deploy.RamdiskOptions;
import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.node.BootMode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.PowerAction;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Boots a server into the deploy ramdisk: from a virtual CD, with its orders on a virtual floppy. A deploy begins with it,
 * and so does everything else that the ramdisk is needed for. Safe for use by many threads.
 */
final class RamdiskBoot {
    private static final String ATTACHED_AT = "media_attached_at";

    private final NodeIlo ilos;
    private final IscsiDeploy iscsi;
    private final VirtualMediaBoot media;
    private final IsoUrls isos;
    private final IloManagement management;
    private final Silence silence;
    private final Clock clock;

    RamdiskBoot(IloParts parts, Clock clock) {
        this.ilos = parts.talk().ilos();
        this.iscsi = parts.iscsi();
        this.media = parts.media();
        this.isos = parts.isos();
        this.management = parts.management();
        this.silence = parts.silence();
        this.clock = clock;
    }

    /** Notes everything that would keep the ramdisk from booting; touches no server. */
    void validate(Task task, Findings findings) {
        Node node = task.node();
        ilos.check(node, findings);
        checkDeployIso(node, findings);
        media.validate(task, findings);
        isos.servedAt()
                .flatMap(iscsi::unreachable)
                .ifPresent(why -> findings.invalid(
                        "publisher.local.host",
                        why + " Set it to an address that the iLO reaches, or publisher.local.external_url."));
    }

    /**
     * Refuses a deploy ISO that does not boot in the mode the server is going to have, before anything is touched.
     *
     * @return that mode
     */
    BootMode prepare(Task task) {
        BootMode mode = nextBootMode(task, management.bootMode(task));
        task.remember(BootPlan.REMEMBERED_MODE, mode.wireName());
        isos.judge("driver_info/" + IloDriverInfo.DEPLOY_ISO, deployIso(task.node()), Optional.of(mode));
        return mode;
    }

    /**
     * Leaves the server booting the ramdisk.
     *
     * @param orders asked for once the server is off
     */
    void boot(Task task, Supplier<RamdiskOptions> orders) {
        media.meet(task);
        task.event("power", "Switching the server off");
        task.setPower(PowerAction.OFF);
        task.checkCancelled();
        setBootMode(task);
        RamdiskOptions options = orders.get();
        task.remember(ATTACHED_AT, clock.instant().toString());
        media.setupVirtualMediaBoot(task, deployIso(task.node()), options.parameters());
        task.checkCancelled();
        task.event("power", "Switching the server on; it boots the deploy ramdisk");
        task.setPower(PowerAction.ON);
        task.event("ramdisk", "Waiting for the deploy ramdisk to call back");
    }

    /** Only now: a system that goes on running after a failure before this must find its own mode at its next boot. */
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

    /** Empties the drives; content when they are. Never fails. */
    void takeAway(Task task) {
        media.cleanupVirtualMediaBoot(task);
        task.forget(ATTACHED_AT);
        task.forget(VirtualMediaBoot.LICENSE_SEEN);
    }

    /** Why the ramdisk may not have called back, as far as can be told. */
    Optional<String> explainSilence(Task task) {
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
            String parts = node.driverInfo().firstText("ilo_deploy_kernel", "deploy_kernel").isPresent()
                    ? " Kernel and ramdisk alone will not do; 'ferric image iso' makes an ISO of them."
                    : "";
            findings.missing(field, "Give the ISO with the deploy ramdisk: a Glance UUID, http(s):// or file://." + parts);
            return;
        }
        try {
            isos.check(reference.get(), wantedBootMode(node));
        } catch (InvalidRequest e) {
            findings.invalid(field, "cannot be used: " + e.inPlainWords());
        }
    }

    /** Notes a boot mode that nobody knows. */
    static void checkBootMode(Node node, Findings findings) {
        Optional<String> wanted = node.capability("boot_mode");
        boolean own = wanted.equals(node.spec().capability("boot_mode"));
        wanted.filter(mode -> BootMode.ofWireName(mode).isEmpty())
                .ifPresent(mode -> findings.invalid(
                        own ? "properties/capabilities" : "instance_info/capabilities",
                        "has boot_mode '" + mode + "'; it can be bios or uefi."));
    }

    /** The mode that the node's capability asks for. */
    static Optional<BootMode> wantedBootMode(Node node) {
        return node.capability("boot_mode").flatMap(BootMode::ofWireName);
    }
}

package io.ferric.ilo;

import io.ferric.deploy.BootLoaderReport;
import io.ferric.deploy.DeployedDisk;
import io.ferric.deploy.InstanceBoot;
import io.ferric.deploy.IscsiDeploy;
import io.ferric.deploy.RamdiskCall;
import io.ferric.deploy.RamdiskNotifier;
import io.ferric.driver.DeployOutcome;
import io.ferric.driver.Task;
import io.ferric.driver.VendorCall;
import io.ferric.driver.VendorInterface;
import io.ferric.driver.VendorMethod;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.NodeFault;
import io.ferric.node.PowerAction;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The calls of the deploy ramdisk and the visits of a deploy that they begin; of a disk that is erased, {@link
 * ErasingRamdisk} makes the visit. {@code pass_deploy_info}: the disk is
 * written, the server is made to boot from it or from a boot ISO, and the ramdisk is told to reboot, or to install a
 * boot loader. In that case {@code pass_bootloader_install_info} follows, and the word to reboot comes then. Source:
 * the blueprint, and Ironic's local boot; the order of the checks is Ironic's. Safe for use by many threads.
 */
public final class VendorPassthru implements VendorInterface {
    static final String PASS_DEPLOY_INFO = "pass_deploy_info";
    static final String PASS_BOOTLOADER_INSTALL_INFO = "pass_bootloader_install_info";

    private final IscsiDeploy iscsi;
    private final VirtualMediaBoot media;
    private final BootIsoLibrary bootIsos;
    private final IloManagement management;
    private final RamdiskNotifier notifier;
    private final ErasingRamdisk erasing;

    VendorPassthru(IloParts parts, RamdiskNotifier notifier, ErasingRamdisk erasing) {
        this.iscsi = parts.iscsi();
        this.media = parts.media();
        this.bootIsos = parts.bootIsos();
        this.management = parts.management();
        this.notifier = notifier;
        this.erasing = erasing;
    }

    @Override
    public List<VendorMethod> methods() {
        return List.of(
                ramdisks(
                        PASS_DEPLOY_INFO,
                        "The deploy ramdisk tells where its disk is: address, key, iqn, and error if there was one."),
                ramdisks(
                        PASS_BOOTLOADER_INSTALL_INFO,
                        "The deploy ramdisk tells, with boot_option local, whether the boot loader is installed: address,"
                                + " key, status (SUCCEEDED or FAILED), and error if there was one."));
    }

    private static VendorMethod ramdisks(String name, String description) {
        return new VendorMethod(name, description, Set.of("POST"), VendorMethod.Mode.CONTINUES_DEPLOY);
    }

    @Override
    public InvalidRequest unsupported(String method) {
        return new InvalidRequest(
                FaultCode.INVALID_PARAMETER_VALUE, "Unsupported method (" + method + ") passed to iLO driver.", "");
    }

    @Override
    public VendorCall accept(Task task, VendorCall call) {
        return switch (call.method()) {
            case PASS_DEPLOY_INFO -> acceptDisk(task, call).toVendorCall(call.method());
            case PASS_BOOTLOADER_INSTALL_INFO -> {
                iscsi.checkKey(task, call);
                requireTurn(task, true, "No boot loader was asked for, or not yet");
                yield iscsi.acceptReport(task, call).toVendorCall(call.method());
            }
            default -> throw unsupported(call.method());
        };
    }

    private RamdiskCall acceptDisk(Task task, VendorCall call) {
        if (ErasingRamdisk.ordered(task.node())) {
            return erasing.accept(task, call);
        }
        iscsi.checkKey(task, call);
        requireTurn(task, false, "Its disk is written already; a boot loader is what is waited for");
        return iscsi.acceptCall(task, call);
    }

    /** Each of the two calls is good in the one wait that it ends, or it could begin a visit that was made before. */
    private static void requireTurn(Task task, boolean boots, String why) {
        if (remembered(task, IloVirtualMediaIscsiDeploy.BOOT_LOADER_ORDERED) != boots) {
            throw new InvalidRequest(
                    FaultCode.INVALID_STATE_REQUESTED,
                    "This call is not what node " + task.node().uuid() + " waits for. " + why,
                    "The ramdisk calls pass_deploy_info once and, when boot_option is local,"
                            + " pass_bootloader_install_info after it has heard done.");
        }
    }

    private static boolean remembered(Task task, String key) {
        return task.node().status().internalInfo().containsKey(key);
    }

    @Override
    public DeployOutcome resume(Task task, VendorCall accepted) {
        if (accepted.method().equals(PASS_BOOTLOADER_INSTALL_INFO)) {
            return bootLoaderInstalled(task, BootLoaderReport.of(accepted));
        }
        RamdiskCall call = RamdiskCall.of(accepted);
        InstanceBoot boot = InstanceBoot.remembered(task.node());
        return boot == InstanceBoot.LOCAL ? orderBootLoader(task, call) : deploy(task, call, boot);
    }

    private DeployOutcome deploy(Task task, RamdiskCall call, InstanceBoot boot) {
        boolean mayBeNotified = remembered(task, IloVirtualMediaIscsiDeploy.NOTIFIED);
        if (!mayBeNotified) {
            writeDisk(task, call, boot);
        }
        if (!boot.fromDisk()) {
            attachBootIso(task);
        }
        sendOff(task, call.address(), mayBeNotified);
        return new DeployOutcome.Finished();
    }

    /**
     * Run again it tells the ramdisk again: one that has heard it is at work, and does not listen before it has
     * reported. A server that cannot be reached at all is no such thing.
     */
    private DeployOutcome orderBootLoader(Task task, RamdiskCall call) {
        boolean mayBeTold = remembered(task, IloVirtualMediaIscsiDeploy.BOOT_LOADER_ORDERED);
        if (!mayBeTold) {
            writeDisk(task, call, InstanceBoot.LOCAL);
            task.checkCancelled();
            task.remember(IloVirtualMediaIscsiDeploy.BOOT_LOADER_ORDERED, true);
        }
        task.event("notify", "Telling the ramdisk to install a boot loader");
        try {
            notifier.notifyDone(call.address());
        } catch (NodeFault e) {
            if (!mayBeTold || !RamdiskNotifier.nobodyListens(e)) {
                throw e;
            }
            task.event("notify", "The ramdisk does not listen: it has heard it before and is at work");
        }
        task.event("ramdisk", "Waiting for the ramdisk to report the boot loader");
        return new DeployOutcome.AwaitingRamdisk();
    }

    private DeployOutcome bootLoaderInstalled(Task task, BootLoaderReport report) {
        iscsi.retireKey(task);
        report.error().ifPresent(why -> {
            throw Trouble.deploy(
                    "The ramdisk could not install a boot loader: " + why,
                    "The image must bring GRUB for the server's boot mode (grub-install or grub2-install); without it"
                            + " write boot_option:netboot. Look at the server's console.");
        });
        task.event("boot loader", "The ramdisk has installed a boot loader");
        media.cleanupVirtualMediaBoot(task);
        task.checkCancelled();
        sendOff(task, report.address(), remembered(task, IloVirtualMediaIscsiDeploy.NOTIFIED));
        return new DeployOutcome.Finished();
    }

    private void writeDisk(Task task, RamdiskCall call, InstanceBoot boot) {
        task.event(
                "media",
                "The ramdisk called back" + (call.address().isEmpty() ? "" : " from " + call.address())
                        + "; ejecting the deploy media");
        media.cleanupVirtualMediaBoot(task);
        task.checkCancelled();
        DeployedDisk disk = iscsi.continueDeploy(task, call);
        task.checkCancelled();
        if (boot.fromDisk()) {
            bootIsos.release(task);
            management.bootFromDisk(task);
        } else {
            bootIsos.choose(task, disk);
        }
    }

    private void attachBootIso(Task task) {
        String bootIso = BootIsoLibrary.recorded(task.node())
                .orElseThrow(
                        () -> Trouble.deploy("No boot ISO was recorded for the instance", "Deploy the node again."));
        media.setupVirtualMediaBoot(task, bootIso, Map.of());
    }

    private void sendOff(Task task, String address, boolean mayBeNotified) {
        task.checkCancelled();
        task.remember(IloVirtualMediaIscsiDeploy.NOTIFIED, true);
        task.event("notify", "Telling the ramdisk to reboot into the instance");
        try {
            notifier.notifyDone(address);
        } catch (NodeFault e) {
            if (!mayBeNotified) {
                throw e;
            }
            // it was told before this conductor took over, or is gone: the disk is written, so a reset does the same
            task.event("notify", "The ramdisk no longer listens; resetting the server through the iLO instead");
            task.setPower(PowerAction.REBOOT);
        }
    }
}

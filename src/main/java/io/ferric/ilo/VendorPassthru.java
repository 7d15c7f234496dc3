package io.ferric.ilo;

import io.ferric.deploy.DeployedDisk;
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
 * The call of the deploy ramdisk, {@code pass_deploy_info}, and the second visit of a deploy: the disk is written, the
 * boot ISO is attached, the ramdisk is told to reboot. Source: the blueprint; the order of the checks is Ironic's. Safe
 * for use by many threads.
 */
public final class VendorPassthru implements VendorInterface {
    static final String PASS_DEPLOY_INFO = "pass_deploy_info";

    private final IscsiDeploy iscsi;
    private final VirtualMediaBoot media;
    private final BootIsoLibrary bootIsos;
    private final RamdiskNotifier notifier;

    VendorPassthru(IloParts parts, RamdiskNotifier notifier) {
        this.iscsi = parts.iscsi();
        this.media = parts.media();
        this.bootIsos = parts.bootIsos();
        this.notifier = notifier;
    }

    @Override
    public List<VendorMethod> methods() {
        return List.of(new VendorMethod(
                PASS_DEPLOY_INFO,
                "The deploy ramdisk tells where its disk is: address, key, iqn, and error if there was one.",
                Set.of("POST"),
                VendorMethod.Mode.CONTINUES_DEPLOY));
    }

    @Override
    public InvalidRequest unsupported(String method) {
        return new InvalidRequest(
                FaultCode.INVALID_PARAMETER_VALUE, "Unsupported method (" + method + ") passed to iLO driver.", "");
    }

    @Override
    public VendorCall accept(Task task, VendorCall call) {
        if (!call.method().equals(PASS_DEPLOY_INFO)) {
            throw unsupported(call.method());
        }
        return iscsi.acceptCall(task, call).toVendorCall(call.method());
    }

    @Override
    public DeployOutcome resume(Task task, VendorCall accepted) {
        RamdiskCall call = RamdiskCall.of(accepted);
        boolean mayBeNotified = task.node().status().internalInfo().containsKey(IloVirtualMediaIscsiDeploy.NOTIFIED);
        if (!mayBeNotified) {
            writeDisk(task, call);
        }
        sendOff(task, call, mayBeNotified);
        return new DeployOutcome.Finished();
    }

    private void writeDisk(Task task, RamdiskCall call) {
        task.event("media", "The ramdisk called back from " + call.address() + "; ejecting the deploy media");
        media.cleanupVirtualMediaBoot(task);
        task.checkCancelled();
        DeployedDisk disk = iscsi.continueDeploy(task, call);
        task.checkCancelled();
        bootIsos.choose(task, disk);
    }

    private void sendOff(Task task, RamdiskCall call, boolean mayBeNotified) {
        String bootIso = BootIsoLibrary.recorded(task.node())
                .orElseThrow(
                        () -> Trouble.deploy("No boot ISO was recorded for the instance", "Deploy the node again."));
        media.setupVirtualMediaBoot(task, bootIso, Map.of());
        task.checkCancelled();
        task.remember(IloVirtualMediaIscsiDeploy.NOTIFIED, true);
        task.event("notify", "Telling the ramdisk to reboot into the instance");
        try {
            notifier.notifyDone(call.address());
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

package io.ferric.ilo;

import io.ferric.deploy.IscsiErase;
import io.ferric.deploy.IscsiErase.Extent;
import io.ferric.deploy.RamdiskCall;
import io.ferric.deploy.RamdiskNotifier;
import io.ferric.driver.DeployOutcome;
import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.driver.VendorCall;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.PowerAction;

/**
 * Erases a server's disk in two visits, as a deploy writes it: the first leaves the server booting the deploy ramdisk,
 * the second begins with the ramdisk's call and leaves the server off. Safe for use by many threads.
 */
final class ErasingRamdisk {
    /** Set from before the ramdisk is booted until the server is off again: its call is not that of a deploy. */
    private static final String ORDERED = "erase_ordered";

    /** Set once the disk is erased: a second run must not be upset when the ramdisk is gone. */
    private static final String ERASED = "erase_done";

    private final IscsiErase erase;
    private final RamdiskBoot ramdisk;
    private final VirtualMediaBoot media;
    private final RamdiskNotifier notifier;

    ErasingRamdisk(IloParts parts, RamdiskBoot ramdisk, RamdiskNotifier notifier) {
        this.erase = parts.iscsi().erase();
        this.ramdisk = ramdisk;
        this.media = parts.media();
        this.notifier = notifier;
    }

    /** Whether the ramdisk that the server runs was booted to have the disk erased. */
    static boolean ordered(Node node) {
        return node.status().internalInfo().containsKey(ORDERED);
    }

    /** Everything that can be known to be wrong is found before the server is touched. */
    DeployOutcome begin(Task task) {
        Findings findings = new Findings();
        ramdisk.validate(task, findings);
        erase.validate(task, findings);
        RamdiskBoot.checkBootMode(task.node(), findings);
        findings.throwIfAny();
        ramdisk.prepare(task);
        media.requireToken(task);
        task.forget(ERASED);
        task.remember(ORDERED, true);
        task.checkCancelled();
        ramdisk.boot(task, () -> erase.orders(task));
        return new DeployOutcome.AwaitingRamdisk();
    }

    /** Checks the ramdisk's call, its key first, changing nothing. */
    RamdiskCall accept(Task task, VendorCall call) {
        return erase.accept(task, call);
    }

    DeployOutcome resume(Task task, RamdiskCall call, Extent extent) {
        if (!task.node().status().internalInfo().containsKey(ERASED)) {
            task.event(
                    "media",
                    "The ramdisk called back" + (call.address().isEmpty() ? "" : " from " + call.address())
                            + "; ejecting the deploy media");
            ramdisk.takeAway(task);
            task.checkCancelled();
            erase.run(task, call, extent);
            task.remember(ERASED, true);
            dismiss(task, call);
        }
        switchOff(task);
        return new DeployOutcome.Finished();
    }

    /** The server is switched off in any case: only the manners would be worse. */
    private void dismiss(Task task, RamdiskCall call) {
        task.checkCancelled();
        task.event("notify", "Telling the ramdisk that the work is done");
        try {
            notifier.notifyDone(call.address());
        } catch (NodeFault e) {
            task.checkCancelled();
            task.event("notify", "The ramdisk does not listen; the server is switched off all the same");
        }
    }

    private static void switchOff(Task task) {
        task.event("power", "Switching the server off");
        task.setPower(PowerAction.OFF);
        forget(task);
    }

    /** From now on a ramdisk that calls is not one that was booted for this. */
    static void forget(Task task) {
        task.forget(ORDERED);
        task.forget(ERASED);
    }

    /** Leaves no key, no media and no ramdisk behind; content when there is none. */
    void cleanUp(Task task) {
        if (ordered(task.node())) {
            erase.retireKey(task);
            ramdisk.takeAway(task);
            switchOff(task);
        }
    }
}

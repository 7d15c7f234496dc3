package io.ferric.ilo;

import io.ferric.driver.Findings;
import io.ferric.driver.ManagementInterface;
import io.ferric.driver.Task;
import io.ferric.ilo.client.BootTarget;
import io.ferric.ilo.client.IloClient;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import java.util.List;
import java.util.Optional;

/** Boot device and boot mode through the iLO. Source: Ironic's IloManagement. Safe for use by many threads. */
public final class IloManagement implements ManagementInterface {
    private static final String STEP = "boot device";

    private final NodeIlo ilos;

    IloManagement(NodeIlo ilos) {
        this.ilos = ilos;
    }

    @Override
    public void validate(Task task, Findings findings) {
        ilos.check(task.node(), findings);
    }

    @Override
    public List<BootDevice> supportedBootDevices(Task task) {
        return List.of(BootDevice.PXE, BootDevice.DISK, BootDevice.CDROM);
    }

    /** What is set for one boot goes before what is set for all. */
    @Override
    public BootChoice bootDevice(Task task) {
        IloClient ilo = ilos.client(task.node());
        BootTarget once = ilo.oneTimeBoot();
        if (once != BootTarget.NORMAL) {
            return new BootChoice(once.device(), Optional.of(false));
        }
        Optional<BootDevice> first = ilo.persistentBoot().stream().findFirst().flatMap(BootTarget::device);
        return new BootChoice(first, first.map(device -> true));
    }

    @Override
    public void setBootDevice(Task task, BootDevice device, boolean persistent) {
        IloClient ilo = ilos.client(task.node());
        if (persistent) {
            ilo.setPersistentBoot(device);
        } else {
            ilo.setOneTimeBoot(device);
        }
    }

    /**
     * Has the server boot from its disk at this and every later boot. A UEFI boot order that knows no disk yet, for
     * nothing could be booted from it so far, is left as it is: its firmware finds the boot loader when nothing goes
     * before. What the iLO shows afterwards is told when it is something else; with empty drives the disk comes next.
     */
    void bootFromDisk(Task task) {
        IloClient ilo = ilos.client(task.node());
        if (ilo.oneTimeBoot() != BootTarget.NORMAL) {
            ilo.clearOneTimeBoot();
        }
        List<BootTarget> before = ilo.persistentBoot();
        if (!before.isEmpty() && !before.contains(BootTarget.DISK)) {
            task.event(STEP, "The server's boot order has no entry for its disk yet and is left as it is: " + before);
            return;
        }
        ilo.setPersistentBoot(BootDevice.DISK);
        List<BootTarget> after = ilo.persistentBoot();
        boolean shown = after.isEmpty() || after.get(0) == BootTarget.DISK;
        task.event(
                STEP,
                shown
                        ? "The server boots from its disk from now on"
                        : "The iLO was told to boot from the disk first, but still shows the boot order " + after);
    }

    @Override
    public Optional<BootMode> bootMode(Task task) {
        return ilos.client(task.node()).pendingBootMode();
    }

    /** Writes only a mode that is not set already. */
    @Override
    public void setBootMode(Task task, BootMode mode) {
        IloClient ilo = ilos.client(task.node());
        if (!ilo.pendingBootMode().equals(Optional.of(mode))) {
            ilo.setBootMode(mode);
        }
    }
}

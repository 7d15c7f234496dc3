package io.ferric.deploy;

import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.driver.VendorCall;
import io.ferric.node.InvalidRequest;

/**
 * Erases the disk that a deploy would write, over iSCSI: everything but the way the ramdisk is booted. A driver boots the
 * ramdisk with {@link #orders}, checks its call by {@link #accept} and then lets {@link #run} do the work. Every method
 * can be run again. Whatever goes wrong is a {@link io.ferric.node.NodeFault}. Safe for use by many threads.
 */
public final class IscsiErase {
    private final DeployConfig config;
    private final RamdiskOrders orders;
    private final RamdiskDisks disks;
    private final BufferPool buffers;

    IscsiErase(DeployConfig config, RamdiskOrders orders, RamdiskDisks disks, BufferPool buffers) {
        this.config = config;
        this.orders = orders;
        this.disks = disks;
        this.buffers = buffers;
    }

    /** How much of a disk. */
    public enum Extent {
        /** What tells of partitions, file systems, RAID and volumes: both ends of the disk and of every partition. */
        METADATA,
        /** Every byte that the disk shows. */
        EVERYTHING
    }

    /** Notes why no ramdisk could take its orders or call back; touches no server. */
    public void validate(Task task, Findings findings) {
        orders.checkApi(findings);
        orders.check(task, true, findings);
    }

    /** What the ramdisk must know, with a new key. It is told of no boot loader. */
    public RamdiskOptions orders(Task task) {
        return orders.issue(task, true);
    }

    /** Makes the key worthless; content when there is none. */
    public void retireKey(Task task) {
        DeployKey.retire(task);
    }

    /**
     * Checks the call that offers a disk, its key first, changing nothing.
     *
     * @throws InvalidRequest (400) with the reason
     */
    public RamdiskCall accept(Task task, VendorCall call) {
        DeployKey.check(task.node(), call.parameters().get("key"));
        return new CallbackCheck(config.ramdisk()).check(task.node().uuid(), call);
    }

    /** Erases the disk the ramdisk offers, reads places of it back, and logs out, whatever happens. Uses the key up. */
    public void run(Task task, RamdiskCall call, Extent extent) {
        DeployKey.retire(task);
        RamdiskDisks.refuseError(call);
        disks.on(task, call, disk -> {
            new DiskErase(disk, new DiskSteps(task), buffers).run(extent);
            return extent;
        });
    }
}

package io.ferric.deploy;

import io.ferric.driver.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The work on one disk: {@link PartitionDeploy} for the image of a root file system, {@link WholeDiskDeploy} for that of
 * a whole disk. Run anew it does everything again. Every failure is a fault that names the step. For one thread and one
 * use.
 *
 * @param image the instance's image, on our own disk
 */
record DiskDeploy(InstancePlan instance, CachedImage image, Tools tools, DiskSteps steps) {
    private static final long EDGE = Mib.BYTES;

    /**
     * What the work needs besides a disk.
     *
     * @param folder where small images are made
     */
    record Tools(EphemeralFilesystem mkfs, BufferPool buffers, SecureRandom random, ImageCache cache, Path folder) {}

    DiskDeploy(InstancePlan instance, CachedImage image, Tools tools, Task task) {
        this(instance, image, tools, new DiskSteps(task));
    }

    DeployedDisk run(Disk disk) {
        return instance.wholeDisk() ? new WholeDiskDeploy(this, disk).run() : new PartitionDeploy(this, disk).run();
    }

    ImageCopy imageCopy() {
        return new ImageCopy(image, instance.image(), tools.cache());
    }

    DiskWriter writer(Disk disk) {
        return new DiskWriter(disk, tools.buffers());
    }

    /**
     * Clears both ends of a disk or partition: old boot records, tables and backups, and the marks of file systems, RAID
     * and volume managers. What lies between stays until somebody writes there, as with mkfs on the server itself.
     */
    static void wipe(Disk disk, long start, long length) throws IOException {
        disk.zero(start, Math.min(EDGE, length));
        disk.zero(start + Math.max(0, length - EDGE), Math.min(EDGE, length));
    }

    /** Makes the config drive on its partition; returns bytes sent as data. */
    long writeConfigDrive(Disk disk, Partition partition) throws IOException {
        ConfigDrive drive = instance.configDrive().orElseThrow();
        long sent = new SmallImage(this, "config drive").put(disk, partition, drive::writeTo);
        steps.event("write config drive", "made the config drive");
        return sent;
    }
}

package io.ferric.deploy;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Writes the image of a whole disk, in this order: does it fit, wipe, write, read back, partition table. Both ends of the
 * disk are wiped first, so that no table of an earlier instance survives at its end. The table is then read from the disk
 * and checked; the copy of a GPT moves to the disk's end, and a config drive is added as the last partition. For one
 * thread and one use.
 */
final class WholeDiskDeploy {
    private final DiskDeploy work;
    private final DiskSteps steps;
    private final Disk disk;
    private final DiskWriter writer;
    private final ImageCopy copy;
    private Optional<Partition> configDrive = Optional.empty();
    private List<Partition> partitions = List.of();
    private long sent;

    WholeDiskDeploy(DiskDeploy work, Disk disk) {
        this.work = work;
        this.steps = work.steps();
        this.disk = disk;
        this.writer = work.writer(disk);
        this.copy = work.imageCopy();
    }

    DeployedDisk run() {
        WholeDiskImage image = copy.inspect();
        image.requireFor(work.instance());
        steps.step("check disk", () -> requireRoom(image));
        steps.step("wipe disk", this::wipe);
        steps.step("write disk", this::writeImage);
        steps.step("flush", disk::flush);
        steps.step("read back", this::verify);
        steps.step("partition table", () -> partition(image));
        steps.step("flush", disk::flush);
        return new DeployedDisk(Optional.empty(), partitions, work.image().sha256(), sent);
    }

    /** All that depends on the disk, its far end too; after this the image is written. */
    private void requireRoom(WholeDiskImage image) throws IOException {
        if (image.size() > disk.size()) {
            throw Faults.deploy(
                    "The server's disk has " + disk.size() / Mib.BYTES + " MiB, but the image is one of "
                            + Mib.roundUp(image.size()) + " MiB",
                    "Choose another disk by properties/root_device, or deploy a smaller image. Nothing was written.");
        }
        if (image.blockSize() != disk.blockSize()) {
            throw Faults.deploy(
                    "The image's " + image.table().kind() + " was made for disks with blocks of " + image.blockSize()
                            + " bytes, but the server's disk has blocks of " + disk.blockSize(),
                    "Deploy an image whose partition table was made for such blocks, or choose another disk by"
                            + " properties/root_device. Nothing was written.");
        }
        requireRoomForCopy(image.table());
        if (work.instance().configDrive().isPresent()) {
            configDrive = Optional.of(requireRoomBehind(image.table()));
        }
        steps.event("check disk", "the disk has " + disk.size() / Mib.BYTES + " MiB");
    }

    /** The copy of a GPT moves to this disk's end, and may need more room there than it had in the image. */
    private void requireRoomForCopy(PartitionTable table) throws IOException {
        long usableEnd = usableEnd(table);
        if (table instanceof GptTable && end(table) > usableEnd) {
            throw Faults.deploy(
                    "There is no room for the copy of the image's GPT: its last partition ends at " + end(table)
                            + " bytes, but on the server's disk partitions must end at " + usableEnd,
                    "Choose a larger disk by properties/root_device. Nothing was written.");
        }
    }

    private void wipe() throws IOException {
        DiskDeploy.wipe(disk, 0, disk.size());
        disk.flush();
    }

    private void writeImage() throws IOException {
        sent += copy.write(writer, 0, steps.progress("write disk"));
        steps.event("write disk", "wrote an image of " + work.image().contentSize() + " bytes");
    }

    private void verify() throws IOException {
        steps.event("read back", copy.verify(writer, 0, "disk", steps.progress("read back")));
    }

    private void partition(WholeDiskImage image) throws IOException {
        PartitionTable table = readTable();
        if (configDrive.isPresent()) {
            Partition drive = configDrive.get();
            DiskDeploy.wipe(disk, drive.startBytes(), drive.sizeBytes());
            sent += work.writeConfigDrive(disk, drive);
            UUID id = RandomUuid.of(work.tools().random());
            table = table.withConfigDrive(drive.startBytes(), drive.sizeBytes(), id);
        }
        if (table instanceof GptTable || configDrive.isPresent()) {
            table.writeTo(disk);
        }
        requireSame(table);
        partitions = table.partitions().stream().map(this::named).toList();
        steps.event(
                "partition table",
                "the disk has a " + image.table().kind() + " with " + partitions.size() + " partitions");
    }

    /** As the disk tells it now: with the image's own checks, and the partitions that only the disk shows. */
    private PartitionTable readTable() throws IOException {
        try {
            PartitionTable table = PartitionTable.read(disk, disk.blockSize())
                    .orElseThrow(() -> new BadTable("there is none on the disk"));
            if (!(table instanceof MbrTable mbr)) {
                return table;
            }
            MbrTable all = mbr.withLogicals(disk, disk.blockSize());
            all.requireSound(disk.size());
            return all;
        } catch (BadTable e) {
            throw unusable(e.getMessage());
        }
    }

    private RuntimeException unusable(String why) {
        return Faults.unacceptable(
                work.instance().image().reference(),
                "its partition table, read back from the server's disk, is unusable: " + why,
                "Repair the image: sgdisk --verify and sfdisk --verify show what is wrong.");
    }

    private long usableEnd(PartitionTable table) throws IOException {
        return table instanceof GptTable gpt
                ? gpt.usableEnd(disk.size())
                : Math.min(disk.size(), MbrTable.reach(disk.blockSize()));
    }

    private static long end(PartitionTable table) {
        return table.partitions().stream().mapToLong(Partition::endBytes).max().orElse(0);
    }

    private Partition requireRoomBehind(PartitionTable table) throws IOException {
        long end = end(table);
        long usableEnd = usableEnd(table);
        long start = ConfigDrive.start(usableEnd);
        if (start < end) {
            throw Faults.deploy(
                    "There is no room for the config drive: behind the image's last partition, which ends at "
                            + Mib.roundUp(end) + " MiB, it needs " + ConfigDrive.PARTITION / Mib.BYTES
                            + " MiB below " + usableEnd / Mib.BYTES + " MiB",
                    "Choose a larger disk by properties/root_device, give an image whose last partition is smaller, or"
                            + " deploy without configdrive. Nothing was written.");
        }
        return new Partition(0, PartitionRole.CONFIG_DRIVE, start, ConfigDrive.PARTITION);
    }

    private void requireSame(PartitionTable written) throws IOException {
        if (!readTable().equals(written)) {
            throw Faults.deploy(
                    "The partition table does not read back as it was written",
                    "The server's disk or controller cannot be trusted; have it checked.");
        }
    }

    private Partition named(Partition each) {
        boolean drive = configDrive
                .filter(known -> known.startBytes() == each.startBytes())
                .isPresent();
        return drive
                ? new Partition(each.number(), PartitionRole.CONFIG_DRIVE, each.startBytes(), each.sizeBytes())
                : each;
    }
}

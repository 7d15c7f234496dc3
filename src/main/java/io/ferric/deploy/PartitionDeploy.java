package io.ferric.deploy;

import io.ferric.image.DiskImage;
import io.ferric.image.Extent;
import io.ferric.image.Images;
import io.ferric.image.VfatImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Partitions a disk and fills the partitions, in this order: is there room, wipe, partition, root, swap, ephemeral, EFI
 * system partition, config drive, flush, root UUID, read back. With preserve_ephemeral the table and the ephemeral
 * partition are left as they are, but for the flag of an active partition. For one thread and one use.
 */
final class PartitionDeploy {
    /** Label of an EFI system partition; only people read it. */
    private static final String EFI_LABEL = "EFI-SYSTEM";

    private final DiskDeploy work;
    private final InstancePlan instance;
    private final DiskSteps steps;
    private final Disk disk;
    private final DiskWriter writer;
    private final ImageCopy copy;
    private PartitionPlan plan;
    private long sent;
    private Optional<String> rootUuid = Optional.empty();

    PartitionDeploy(DiskDeploy work, Disk disk) {
        this.work = work;
        this.instance = work.instance();
        this.steps = work.steps();
        this.disk = disk;
        this.writer = work.writer(disk);
        this.copy = work.imageCopy();
        this.plan = PartitionPlan.of(instance);
    }

    DeployedDisk run() {
        steps.step("check disk", this::requireRoom);
        steps.step("partition", this::partition);
        steps.step("write root", this::writeRoot);
        steps.step("write swap", this::writeSwap);
        steps.step("write ephemeral", this::writeEphemeral);
        steps.step("write EFI system partition", this::writeEfiSystem);
        steps.step("write config drive", this::writeConfigDrive);
        steps.step("flush", disk::flush);
        steps.step("read root UUID", () -> rootUuid = Optional.of(RootUuid.read(disk, plan.root())));
        steps.step("read back", this::verify);
        return new DeployedDisk(rootUuid, plan.partitions(), work.image().sha256(), sent);
    }

    private void requireRoom() throws IOException {
        long usable = plan.usableEnd(disk.size(), disk.blockSize());
        boolean hasConfigDrive = instance.configDrive().isPresent();
        long end = hasConfigDrive ? ConfigDrive.start(usable) : usable;
        if (end < plan.endBytes()) {
            long missing = disk.size() + plan.endBytes() - end;
            throw Faults.deploy(
                    "The server's disk has " + disk.size() / Mib.BYTES + " MiB, but the partitions"
                            + (hasConfigDrive ? " and the config drive" : "") + " need " + Mib.roundUp(missing)
                            + " MiB",
                    "Lower root_gb, swap_mb or ephemeral_gb, "
                            + (hasConfigDrive ? "deploy without configdrive, " : "")
                            + "or choose another disk by properties/root_device.");
        }
        if (work.image().contentSize() > plan.root().sizeBytes()) {
            throw Faults.deploy(
                    "Root partition is too small for the requested image. Image size: "
                            + work.image().contentMib() + " MiB, root partition: "
                            + plan.root().sizeBytes() / Mib.BYTES + " MiB",
                    "The image has grown since the deploy began: raise instance_info/root_gb. Nothing was written.");
        }
        plan = hasConfigDrive ? plan.withConfigDrive(usable) : plan;
        steps.event("check disk", "the disk has " + disk.size() / Mib.BYTES + " MiB");
    }

    private void partition() throws IOException {
        if (instance.preserving()) {
            requireSameTable();
            steps.event("partition", "kept the partition table and the ephemeral partition");
        } else {
            DiskDeploy.wipe(disk, 0, disk.size());
        }
        for (Partition each : plan.partitions()) {
            if (!(instance.preserving() && each.role() == PartitionRole.EPHEMERAL)) {
                DiskDeploy.wipe(disk, each.startBytes(), each.sizeBytes());
            }
        }
        disk.flush();
        if (instance.preserving()) {
            flagRoot();
        } else {
            newTable().writeTo(disk);
            steps.event("partition", describe());
        }
    }

    /** The former instance may have booted from an ISO, which needs no active partition, and this one from the disk. */
    private void flagRoot() throws IOException {
        if (tableThere().orElseThrow() instanceof MbrTable there) {
            MbrTable wanted = mbr(there.signature());
            if (!there.equals(wanted)) {
                wanted.writeTo(disk);
            }
        }
    }

    private PartitionTable newTable() {
        if (plan.label() == BootPlan.Label.GPT) {
            return GptTable.of(plan, disk.blockSize(), work.tools().random());
        }
        return mbr(work.tools().random().nextInt());
    }

    private MbrTable mbr(int signature) {
        return instance.boot().local() ? MbrTable.bootable(plan, signature) : MbrTable.of(plan, signature);
    }

    private void requireSameTable() throws IOException {
        if (!tableThere().filter(table -> table.matches(plan)).isPresent()) {
            throw Faults.deploy(
                    "The ephemeral partition cannot be preserved: the disk is not partitioned as " + describe(),
                    "Give root_gb, swap_mb, ephemeral_gb, configdrive and the capabilities as in the former deploy, or"
                            + " deploy without preserve_ephemeral. Nothing was written.");
        }
    }

    private Optional<PartitionTable> tableThere() throws IOException {
        try {
            return PartitionTable.read(disk, disk.blockSize());
        } catch (BadTable e) {
            return Optional.empty();
        }
    }

    private void writeRoot() throws IOException {
        sent += copy.write(writer, plan.root().startBytes(), steps.progress("write root"));
        steps.event("write root", "wrote an image of " + work.image().contentSize() + " bytes");
    }

    private void writeSwap() throws IOException {
        Optional<Partition> swap = plan.find(PartitionRole.SWAP);
        if (swap.isPresent()) {
            new SwapArea(RandomUuid.of(work.tools().random()), SwapArea.LABEL).writeTo(disk, swap.get());
            steps.event("write swap", "made swap of " + swap.get().sizeBytes() / Mib.BYTES + " MiB");
        }
    }

    private void writeEphemeral() throws IOException {
        Optional<Partition> wanted =
                plan.find(PartitionRole.EPHEMERAL).filter(Predicate.not(each -> instance.preserving()));
        if (wanted.isEmpty()) {
            return;
        }
        Partition partition = wanted.get();
        Path file = work.tools().folder().resolve("ephemeral");
        try {
            Files.deleteIfExists(file);
            List<Extent> extents = mkfs(file, partition.sizeBytes());
            try (DiskImage source = DiskImage.raw(file, extents)) {
                sent += writer.copyData(source, partition.startBytes(), steps.progress("write ephemeral"))
                        .sent();
            }
        } finally {
            Files.deleteIfExists(file);
        }
        steps.event("write ephemeral", "made an empty " + instance.ephemeralFormat() + " file system");
    }

    private List<Extent> mkfs(Path file, long bytes) {
        EphemeralFilesystem mkfs = work.tools().mkfs();
        try {
            mkfs.make(instance.ephemeralFormat(), file, bytes, disk.blockSize());
            return mkfs.written(instance.ephemeralFormat(), file);
        } catch (IOException e) {
            throw Faults.storage("Making the ephemeral file system on the conductor", e);
        }
    }

    private void writeEfiSystem() throws IOException {
        Optional<Partition> partition = plan.find(PartitionRole.EFI_SYSTEM);
        if (partition.isPresent()) {
            sent += new SmallImage(work, "EFI system partition").put(disk, partition.get(), file -> {
                formatEfiSystem(file, partition.get().sizeBytes());
            });
            steps.event("write EFI system partition", "made an empty EFI system partition");
        }
    }

    /**
     * FAT32, which UEFI wants on disks, where this host can make it. Our own writer knows FAT16, which most firmware takes
     * too, and sectors of 512 bytes only; in sectors of 4096 bytes the partition has too few clusters for FAT32. Source:
     * UEFI specification 2.10, section 13.3; Microsoft FAT specification 1.03.
     */
    private void formatEfiSystem(Path file, long bytes) throws IOException {
        EphemeralFilesystem mkfs = work.tools().mkfs();
        if (disk.blockSize() != 512) {
            mkfs.make("vfat", EFI_LABEL, file, bytes, disk.blockSize());
        } else if (mkfs.program("vfat").isPresent()) {
            mkfs.makeFat32(EFI_LABEL, file, bytes);
        } else {
            int serial = work.tools().random().nextInt();
            Images.createVfatImage(
                    VfatImage.labelled(EFI_LABEL).size(bytes).serial(serial).build(), file);
        }
    }

    private void writeConfigDrive() throws IOException {
        Optional<Partition> partition = plan.find(PartitionRole.CONFIG_DRIVE);
        if (partition.isPresent()) {
            sent += work.writeConfigDrive(disk, partition.get());
        }
    }

    private void verify() throws IOException {
        steps.event(
                "read back",
                copy.verify(writer, plan.root().startBytes(), "root partition", steps.progress("read back")));
    }

    private String describe() {
        return String.join(
                ", ",
                plan.partitions().stream()
                        .map(each -> each.role() + " " + each.sizeBytes() / Mib.BYTES + " MiB")
                        .toList());
    }
}

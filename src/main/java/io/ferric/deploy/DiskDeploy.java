package io.ferric.deploy;

import io.ferric.driver.Task;
import io.ferric.image.Checksum;
import io.ferric.image.DiskImage;
import io.ferric.image.Extent;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The work on one disk, in its order: is there room, wipe, partition, root, swap, ephemeral, flush, root UUID, read back.
 * Run anew it does everything again. Every failure is a fault that names the step. For one thread and one use.
 *
 * <p>Wiping covers the first and last MiB of the disk and of every partition: old boot records, tables and backups, and
 * the marks of file systems, RAID and volume managers, which would otherwise be found in the new partitions. What
 * lies between stays on the disk until somebody writes there, as with mkfs on the server itself. With preserve_ephemeral the table and the ephemeral partition are left as they are.
 */
final class DiskDeploy {
    private static final long EDGE = Mib.BYTES;

    private final InstancePlan instance;
    private final PartitionPlan plan;
    private final CachedImage image;
    private final Tools tools;
    private final Task task;
    private long sent;
    private String written = "";
    private Optional<String> rootUuid = Optional.empty();

    /**
     * What the work needs besides a disk.
     *
     * @param folder where the empty ephemeral file system is made
     */
    record Tools(EphemeralFilesystem mkfs, BufferPool buffers, SecureRandom random, ImageCache cache, Path folder) {}

    DiskDeploy(InstancePlan instance, CachedImage image, Tools tools, Task task) {
        this.instance = instance;
        this.plan = PartitionPlan.of(instance);
        this.image = image;
        this.tools = tools;
        this.task = task;
    }

    DeployedDisk run(Disk disk) {
        DiskWriter writer = new DiskWriter(disk, tools.buffers());
        step("check disk", () -> requireRoom(disk));
        step("partition", () -> partition(disk));
        step("write root", () -> writeRoot(writer));
        step("write swap", () -> writeSwap(disk));
        step("write ephemeral", () -> writeEphemeral(disk, writer));
        step("flush", disk::flush);
        step("read root UUID", () -> rootUuid = Optional.of(RootUuid.read(disk, plan.root())));
        step("read back", () -> verify(writer));
        return new DeployedDisk(rootUuid, plan.partitions(), image.sha256(), sent);
    }

    private void requireRoom(Disk disk) throws IOException {
        if (disk.size() < plan.endBytes()) {
            throw Faults.deploy(
                    "The server's disk has " + disk.size() / Mib.BYTES + " MiB, but the partitions need "
                            + Mib.roundUp(plan.endBytes()) + " MiB",
                    "Lower root_gb, swap_mb or ephemeral_gb, or choose another disk by properties/root_device.");
        }
        if (image.contentSize() > plan.root().sizeBytes()) {
            throw Faults.deploy(
                    "Root partition is too small for the requested image. Image size: " + image.contentMib()
                            + " MiB, root partition: " + plan.root().sizeBytes() / Mib.BYTES + " MiB",
                    "The image has grown since the deploy began: raise instance_info/root_gb. Nothing was written.");
        }
        task.event("check disk", "the disk has " + disk.size() / Mib.BYTES + " MiB");
    }

    private void partition(Disk disk) throws IOException {
        if (preserving()) {
            requireSameTable(disk);
            task.event("partition", "kept the partition table and the ephemeral partition");
        } else {
            wipe(disk, 0, disk.size());
        }
        for (Partition each : plan.partitions()) {
            if (!(preserving() && each.role() == PartitionRole.EPHEMERAL)) {
                wipe(disk, each.startBytes(), each.sizeBytes());
            }
        }
        disk.flush();
        if (!preserving()) {
            MbrTable.of(plan, tools.random().nextInt()).writeTo(disk);
            task.event("partition", describe(plan.partitions()));
        }
    }

    private static void wipe(Disk disk, long start, long length) throws IOException {
        disk.zero(start, Math.min(EDGE, length));
        disk.zero(start + Math.max(0, length - EDGE), Math.min(EDGE, length));
    }

    private boolean preserving() {
        return instance.preserveEphemeral() && instance.ephemeralMib() > 0;
    }

    private void requireSameTable(Disk disk) throws IOException {
        boolean same = MbrTable.read(disk).filter(table -> table.matches(plan)).isPresent();
        if (!same) {
            throw Faults.deploy(
                    "The ephemeral partition cannot be preserved: the disk is not partitioned as "
                            + describe(plan.partitions()),
                    "Give root_gb, swap_mb and ephemeral_gb the values of the former deploy, or deploy without"
                            + " preserve_ephemeral. Nothing was written.");
        }
    }

    private void writeRoot(DiskWriter writer) throws IOException {
        try (DiskImage source = openImage()) {
            DiskWriter.Written done = writer.copy(source, plan.root().startBytes(), progress("write root"));
            sent += done.sent();
            written = done.sha256();
        }
        task.event("write root", "wrote an image of " + image.contentSize() + " bytes");
    }

    private void writeSwap(Disk disk) throws IOException {
        Partition swap = plan.find(PartitionRole.SWAP).orElse(null);
        if (swap != null) {
            new SwapArea(randomUuid(), SwapArea.LABEL).writeTo(disk, swap);
            task.event("write swap", "made swap of " + swap.sizeBytes() / Mib.BYTES + " MiB");
        }
    }

    private void writeEphemeral(Disk disk, DiskWriter writer) throws IOException {
        Partition partition = plan.find(PartitionRole.EPHEMERAL).orElse(null);
        if (partition == null || preserving()) {
            return;
        }
        Path file = tools.folder().resolve("ephemeral");
        try {
            Files.deleteIfExists(file);
            List<Extent> extents = mkfs(file, partition.sizeBytes(), disk.blockSize());
            try (DiskImage source = DiskImage.raw(file, extents)) {
                sent += writer.copyData(source, partition.startBytes(), progress("write ephemeral"))
                        .sent();
            }
        } finally {
            Files.deleteIfExists(file);
        }
        task.event("write ephemeral", "made an empty " + instance.ephemeralFormat() + " file system");
    }

    private List<Extent> mkfs(Path file, long bytes, int blockSize) {
        try {
            tools.mkfs().make(instance.ephemeralFormat(), file, bytes, blockSize);
            return tools.mkfs().written(instance.ephemeralFormat(), file);
        } catch (IOException e) {
            throw Faults.storage("Making the ephemeral file system on the conductor", e);
        }
    }

    private void verify(DiskWriter writer) throws IOException {
        boolean verbatim;
        String found;
        try (DiskImage source = openImage()) {
            verbatim = source.verbatim();
            found = writer.sha256(source, plan.root().startBytes(), progress("read back"));
        }
        boolean asFetched =
                verbatim ? written.equals(image.sha256()) : ownHash().equals(image.sha256());
        if (!found.equals(written) || !asFetched) {
            throw mismatch(found);
        }
        task.event("read back", "the root partition holds the image: sha256 " + image.sha256());
    }

    /** Finds out who is to blame: the server's disk, or our own copy of the image, which is thrown away then. */
    private RuntimeException mismatch(String found) {
        if (ownHash().equals(image.sha256())) {
            return Faults.deploy(
                    "The root partition does not read back as it was written: its data hash to " + found
                            + ", those of the image to " + written,
                    "The server's disk or controller cannot be trusted; have it checked.");
        }
        tools.cache().forget(instance.image(), image.path());
        return Faults.deploy(
                "The conductor's copy of the image was damaged after it had been fetched",
                "The copy is deleted; check the conductor's disk, then deploy again.");
    }

    private DiskImage openImage() {
        try {
            return DiskImage.reopen(image.path(), image.contentSize());
        } catch (IOException e) {
            throw Faults.storage("Opening the image on the conductor's own disk", e);
        }
    }

    private String ownHash() {
        try {
            return Checksum.of(image.path(), "sha256").hex();
        } catch (IOException e) {
            throw Faults.storage("Reading the image on the conductor's own disk", e);
        }
    }

    /** The random UUID of RFC 9562 section 5.4, from our own source of randomness. */
    private UUID randomUuid() {
        long high = tools.random().nextLong() & ~0xF000L | 0x4000L;
        long low = tools.random().nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    private Progress progress(String name) {
        return (done, total) -> {
            task.checkCancelled();
            task.progress(name, done, total);
        };
    }

    private interface Step {
        void run() throws IOException;
    }

    private void step(String name, Step work) {
        task.checkCancelled();
        try {
            work.run();
        } catch (FileSystemException e) {
            throw Faults.storage("The conductor's part of the step '" + name + "'", e);
        } catch (IOException e) {
            throw Faults.deploy(
                    "The server's disk failed in the step '" + name + "': " + Faults.words(e),
                    "Look at the server, its disk and the network between; then deploy again.",
                    e);
        }
    }

    private static String describe(List<Partition> partitions) {
        return String.join(
                ", ",
                partitions.stream()
                        .map(each -> each.role() + " " + each.sizeBytes() / Mib.BYTES + " MiB")
                        .toList());
    }
}

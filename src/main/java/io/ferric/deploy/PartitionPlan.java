package io.ferric.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which partitions a disk gets and where: one after another from 1 MiB on, in the order of {@link PartitionRole}, all
 * sizes in whole MiB, root as the last so that it can grow; and a config drive at the disk's end. Immutable.
 *
 * @param label the kind of partition table
 * @param partitions in their order on the disk; root is always among them
 */
record PartitionPlan(BootPlan.Label label, List<Partition> partitions) {
    /** Enough for the boot loaders of several systems. Source: Ironic's efi_system_partition_size. */
    private static final long EFI_SYSTEM_MIB = 200;

    PartitionPlan {
        partitions = List.copyOf(partitions);
    }

    /** Without a config drive, whose place only the disk can tell. */
    static PartitionPlan of(InstancePlan instance) {
        BootPlan boot = instance.boot();
        List<Partition> all = new ArrayList<>();
        append(all, PartitionRole.EFI_SYSTEM, boot.uefi() ? EFI_SYSTEM_MIB : 0);
        append(all, PartitionRole.EPHEMERAL, instance.ephemeralMib());
        append(all, PartitionRole.SWAP, instance.swapMib());
        append(all, PartitionRole.ROOT, instance.rootMib());
        BootPlan.Label label = boot.labelFor(all.get(all.size() - 1).endBytes());
        boolean biosBoot = label == BootPlan.Label.GPT && boot.local() && !boot.uefi();
        return new PartitionPlan(label, biosBoot ? afterBiosBoot(all) : all);
    }

    private static List<Partition> afterBiosBoot(List<Partition> partitions) {
        List<Partition> all = new ArrayList<>();
        append(all, PartitionRole.BIOS_BOOT, 1);
        partitions.forEach(each -> append(all, each.role(), each.sizeBytes() / Mib.BYTES));
        return all;
    }

    private static void append(List<Partition> all, PartitionRole role, long mib) {
        if (mib > 0) {
            long start = all.isEmpty() ? Mib.BYTES : all.get(all.size() - 1).endBytes();
            all.add(new Partition(all.size() + 1, role, start, Math.multiplyExact(mib, Mib.BYTES)));
        }
    }

    /** The same with a config drive that ends where partitions may end at the latest. */
    PartitionPlan withConfigDrive(long usableEnd) {
        List<Partition> all = new ArrayList<>(partitions);
        all.add(new Partition(
                all.size() + 1, PartitionRole.CONFIG_DRIVE, ConfigDrive.start(usableEnd), ConfigDrive.PARTITION));
        return new PartitionPlan(label, all);
    }

    /** Where partitions of this kind of table end at the latest on a disk. */
    long usableEnd(long diskBytes, int blockSize) {
        return label == BootPlan.Label.GPT
                ? diskBytes - GptTable.tail(blockSize)
                : Math.min(diskBytes, MbrTable.reach(blockSize));
    }

    Partition root() {
        return find(PartitionRole.ROOT).orElseThrow();
    }

    Optional<Partition> find(PartitionRole role) {
        return partitions.stream().filter(each -> each.role() == role).findFirst();
    }

    /** Where the last but a config drive ends. */
    long endBytes() {
        return root().endBytes();
    }
}

package io.ferric.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which partitions a disk gets and where: one after another from 1 MiB on, in the order of {@link PartitionRole}, all
 * sizes in whole MiB. Immutable.
 *
 * @param partitions in their order on the disk; root is always among them, as the last
 */
record PartitionPlan(List<Partition> partitions) {
    PartitionPlan {
        partitions = List.copyOf(partitions);
    }

    static PartitionPlan of(InstancePlan instance) {
        List<Partition> all = new ArrayList<>();
        append(all, PartitionRole.EPHEMERAL, instance.ephemeralMib());
        append(all, PartitionRole.SWAP, instance.swapMib());
        append(all, PartitionRole.ROOT, instance.rootMib());
        return new PartitionPlan(all);
    }

    private static void append(List<Partition> all, PartitionRole role, long mib) {
        if (mib > 0) {
            long start = all.isEmpty() ? Mib.BYTES : all.get(all.size() - 1).endBytes();
            all.add(new Partition(all.size() + 1, role, start, Math.multiplyExact(mib, Mib.BYTES)));
        }
    }

    Partition root() {
        return partitions.get(partitions.size() - 1);
    }

    Optional<Partition> find(PartitionRole role) {
        return partitions.stream().filter(each -> each.role() == role).findFirst();
    }

    /** Bytes a disk must have at least. */
    long endBytes() {
        return root().endBytes();
    }
}

package io.ferric.deploy;

import io.ferric.deploy.IscsiErase.Extent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Makes a disk forget. The cheapest way the disk offers is taken, and checked by reading: one that promises zeros and
 * does not keep its word is sent them. For one thread and one use.
 */
record DiskErase(Disk disk, DiskSteps steps, BufferPool buffers) {
    /** Between two words about progress. */
    private static final long CHUNK = 64 * Mib.BYTES;

    /** How much of each end tells what a disk or partition holds. */
    private static final long EDGE = Mib.BYTES;

    /** A part of the disk. */
    private record Stretch(long start, long end) {}

    /** A way to make bytes read as zeros. */
    private interface Zeroing {
        void zero(long position, long length) throws IOException;
    }

    void run(Extent extent) {
        if (extent == Extent.METADATA) {
            steps.step("erase metadata", this::metadata);
        } else {
            steps.step(
                    "erase disk", () -> erase("erase disk", List.of(new Stretch(0, disk.size())), "the whole disk is"));
        }
    }

    private void metadata() throws IOException {
        List<Partition> partitions = partitions();
        List<Stretch> edges = new ArrayList<>();
        for (Partition each : partitions) {
            edges.addAll(edges(each.startBytes(), each.endBytes()));
        }
        // the table last: as long as it stands, work that broke off finds the partitions again
        edges.addAll(edges(0, disk.size()));
        erase(
                "erase metadata",
                edges,
                "partition table and signatures of the disk and its " + partitions.size() + " partitions are");
    }

    /** As the disk tells them; a table that makes no sense names none. */
    private List<Partition> partitions() throws IOException {
        try {
            Optional<PartitionTable> table = PartitionTable.read(disk, disk.blockSize());
            return table.map(PartitionTable::partitions).orElse(List.of());
        } catch (BadTable e) {
            steps.event("erase metadata", "the partition table makes no sense; only the ends of the disk are wiped");
            return List.of();
        }
    }

    /** Both ends of what lies between, as far as that is on the disk. */
    private List<Stretch> edges(long from, long to) throws IOException {
        long start = Math.min(from, disk.size());
        long end = Math.min(to, disk.size());
        return List.of(new Stretch(start, Math.min(start + EDGE, end)), new Stretch(Math.max(start, end - EDGE), end));
    }

    private void erase(String step, List<Stretch> stretches, String what) throws IOException {
        overAll(step, stretches, disk::zero);
        if (garbage(stretches).isPresent()) {
            steps.event(step, "the disk does not make zeros of itself as it says; sending them");
            overAll(step, stretches, this::send);
            garbage(stretches).ifPresent(DiskErase::refuse);
        }
        steps.event(step, what + " zeros now, as was seen by reading back");
    }

    private void overAll(String step, List<Stretch> stretches, Zeroing zeroing) throws IOException {
        Progress progress = steps.progress(step);
        long total = stretches.stream().mapToLong(each -> each.end - each.start).sum();
        long done = 0;
        for (Stretch each : stretches) {
            for (long at = each.start; at < each.end; at += CHUNK) {
                progress.at(done, total);
                long length = Math.min(CHUNK, each.end - at);
                zeroing.zero(at, length);
                done += length;
            }
        }
        disk.flush();
        progress.at(total, total);
    }

    private void send(long position, long length) throws IOException {
        ByteBuffer zeros = ByteBuffer.allocate((int) Mib.BYTES);
        for (long done = 0; done < length; done += zeros.limit()) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), length - done));
            DiskIo.write(disk, position + done, zeros);
        }
    }

    private OptionalLong garbage(List<Stretch> stretches) throws IOException {
        ZeroSamples samples = new ZeroSamples(this::read);
        ByteBuffer buffer = buffers.take();
        try {
            for (Stretch each : stretches) {
                samples.look(each.start, each.end, buffer);
            }
        } finally {
            buffers.give(buffer);
        }
        return samples.garbage();
    }

    private void read(long position, long most, ByteBuffer buffer) throws IOException {
        disk.position(position);
        buffer.clear().limit((int) Math.min(buffer.capacity(), most));
        DiskIo.fill(disk, buffer);
        buffer.flip();
    }

    private static void refuse(long at) {
        throw Faults.deploy(
                "The server's disk was told to be zeros and is not: what is at byte " + at + " was not erased",
                "The disk or its controller is broken, or write protected; replace it.");
    }
}

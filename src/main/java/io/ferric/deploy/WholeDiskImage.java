package io.ferric.deploy;

import io.ferric.image.DiskImage;
import io.ferric.node.BootMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What the image of a whole disk says about itself, read from its first MiB: its partition table, and whether it can boot.
 * Immutable.
 *
 * @param table without what stands in extended partitions
 * @param blockSize the blocks of the disk it was made for; for an MBR that is taken to be 512
 * @param bootCode whether its first block has code that a BIOS could start
 * @param size bytes of the disk inside
 */
record WholeDiskImage(PartitionTable table, int blockSize, boolean bootCode, long size) {
    private static final int HEAD = (int) Mib.BYTES;
    private static final int BOOT_CODE = 440;
    private static final List<Integer> BLOCK_SIZES = List.of(512, 4096);

    /**
     * Looks into an image that was fetched.
     *
     * @throws BadTable when it has no partition table, or one that makes no sense
     */
    static WholeDiskImage inspect(CachedImage cached) throws IOException {
        try (DiskImage image = DiskImage.reopen(cached.path(), cached.contentSize())) {
            return inspect(image);
        }
    }

    /** As the other. */
    static WholeDiskImage inspect(DiskImage image) throws IOException {
        byte[] head = new byte[(int) Math.min(HEAD, image.size())];
        image.read(0, ByteBuffer.wrap(head));
        return inspect(head, image.size());
    }

    private static WholeDiskImage inspect(byte[] head, long size) throws IOException {
        HeadChannel disk = new HeadChannel(head, size);
        boolean bootCode = !Zeros.only(ByteBuffer.wrap(head, 0, Math.min(BOOT_CODE, head.length)));
        for (int blockSize : BLOCK_SIZES) {
            Optional<GptTable> gpt = GptTable.read(disk, blockSize);
            if (gpt.isPresent()) {
                return new WholeDiskImage(used(gpt.get()), blockSize, bootCode, size);
            }
        }
        MbrTable mbr = MbrTable.read(disk, MbrTable.SECTOR)
                .orElseThrow(() -> new BadTable("there is none in its first block"));
        if (mbr.protective()) {
            throw new BadTable("its MBR says that there is a GPT, but its second block holds none");
        }
        mbr.requireSound(size);
        return new WholeDiskImage(used(mbr), MbrTable.SECTOR, bootCode, size);
    }

    private static PartitionTable used(PartitionTable table) throws BadTable {
        if (table.partitions().isEmpty()) {
            throw new BadTable("there is no partition in it");
        }
        return table;
    }

    /**
     * Fails when a server could not boot from it in the mode its node is set to, or when there is no place for a config
     * drive; to be asked before the server is touched.
     */
    void requireFor(InstancePlan plan) {
        String reference = plan.image().reference();
        if (plan.boot().uefi() && !table.hasEfiSystem()) {
            throw Faults.unacceptable(
                    reference,
                    "the node boots by UEFI (boot_mode), but the image has no EFI system partition",
                    "Deploy an image that boots by UEFI, or set boot_mode:bios.");
        }
        if (plan.boot().mode().equals(Optional.of(BootMode.BIOS)) && !bootCode) {
            throw Faults.unacceptable(
                    reference,
                    "the node boots by BIOS (boot_mode), but there is no boot code in the image's first block",
                    "Deploy an image that boots by BIOS, or set boot_mode:uefi.");
        }
        if (plan.configDrive().isPresent() && table.full()) {
            throw Faults.unacceptable(
                    reference,
                    "it uses all partitions that its " + table.kind() + " has room for, so that there is no place for"
                            + " a config drive",
                    "Give an image with one partition fewer or with a GPT, or deploy without configdrive.");
        }
    }
}

package io.ferric.image;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a {@link VfatImage} front to back: boot sector, both FATs, root folder, then folders and files, each in one
 * run of clusters. Source: Microsoft FAT specification 1.03.
 */
final class FatWriter {
    private static final int GROWTH_SECTORS = 8;
    private static final int FLOPPY_DRIVE = 0x00;
    private static final int HARD_DISK = 0x80;
    private static final int HARD_DISK_MEDIA = 0xF8;

    /** Says to the firmware: nothing to boot here, try the next device (int 18h), then halts. */
    private static final byte[] BOOT_CODE = {(byte) 0xCD, 0x18, (byte) 0xF4, (byte) 0xEB, (byte) 0xFD};

    private final VfatImage image;
    private final FatNode root;
    private final FatGeometry geometry;
    private final ImageOutput output;

    private FatWriter(VfatImage image, FatNode root, FatGeometry geometry, ImageOutput output) {
        this.image = image;
        this.root = root;
        this.geometry = geometry;
        this.output = output;
    }

    static void write(VfatImage image, ImageOutput output) throws IOException {
        FatNode root = FatNode.root(Folder.of(image.files()));
        FatGeometry geometry = geometryFor(root, image.size());
        root.allocate(2, geometry.clusterBytes());
        new FatWriter(image, root, geometry, output).write();
    }

    /** The volume asked for, or one as much larger as the files need. */
    private static FatGeometry geometryFor(FatNode root, long size) throws ImageCreationException {
        long sectors = (size + FatGeometry.SECTOR - 1) / FatGeometry.SECTOR;
        while (true) {
            FatGeometry geometry = FatGeometry.of(sectors, root.entries());
            long missing = root.allClusters(geometry.clusterBytes()) - geometry.clusters();
            if (missing <= 0 && geometry.clusters() > 0) {
                return geometry;
            }
            long growth = Math.max(1, missing * geometry.clusterSectors());
            sectors = (sectors + growth + GROWTH_SECTORS - 1) / GROWTH_SECTORS * GROWTH_SECTORS;
            if (sectors * FatGeometry.SECTOR > FatGeometry.LARGEST) {
                throw FatGeometry.tooLarge(sectors);
            }
        }
    }

    private void write() throws IOException {
        FatFolders folders = new FatFolders(FatTime.of(image.time()));
        output.write(bootSector());
        byte[] table = allocationTable();
        output.write(table);
        output.write(table);
        output.write(folders.root(root, image.label()));
        root.walk((node, parent) -> {
            if (node.firstCluster() == 0) {
                return;
            }
            output.skipTo(geometry.offset(node.firstCluster()));
            if (node.isFolder()) {
                output.write(folders.below(node, parent));
            } else {
                output.write(node.content.orElseThrow(), node.fileSize());
            }
        });
        output.skipTo(geometry.sectors() * FatGeometry.SECTOR);
        output.finish();
    }

    private byte[] bootSector() {
        FatGeometry.Drive drive = geometry.drive();
        boolean fitsWord = geometry.sectors() <= 0xFFFF;
        ByteBuffer sector = ByteBuffer.allocate(FatGeometry.SECTOR).order(ByteOrder.LITTLE_ENDIAN);
        sector.put(new byte[] {(byte) 0xEB, 0x3C, (byte) 0x90}).put(ascii("FERRIC", 8));
        sector.putShort((short) FatGeometry.SECTOR).put((byte) geometry.clusterSectors());
        sector.putShort((short) 1).put((byte) 2).putShort((short) geometry.rootEntries());
        sector.putShort((short) (fitsWord ? geometry.sectors() : 0)).put((byte) drive.media());
        sector.putShort((short) geometry.fatSectors());
        sector.putShort((short) drive.sectorsPerTrack()).putShort((short) drive.heads());
        sector.putInt(0).putInt((int) (fitsWord ? 0 : geometry.sectors()));
        sector.put((byte) (drive.media() == HARD_DISK_MEDIA ? HARD_DISK : FLOPPY_DRIVE));
        sector.put((byte) 0).put((byte) 0x29).putInt(image.serial());
        sector.put(ascii(image.label(), 11))
                .put(ascii("FAT" + geometry.bits(), 8))
                .put(BOOT_CODE);
        return sector.position(FatGeometry.SECTOR - 2)
                .put((byte) 0x55)
                .put((byte) 0xAA)
                .array();
    }

    /** One FAT; every chain is a run, so that each entry but the last names the cluster after it. */
    private byte[] allocationTable() throws IOException {
        byte[] table = new byte[geometry.fatSectors() * FatGeometry.SECTOR];
        int end = geometry.bits() == 12 ? 0xFFF : 0xFFFF;
        put(table, 0, end & ~0xFF | geometry.drive().media());
        put(table, 1, end);
        root.walk((node, parent) -> {
            int last = (int) (node.firstCluster() + node.clusters(geometry.clusterBytes()) - 1);
            for (int cluster = node.firstCluster(); cluster > 0 && cluster <= last; cluster++) {
                put(table, cluster, cluster == last ? end : cluster + 1);
            }
        });
        return table;
    }

    private void put(byte[] table, int cluster, int value) {
        if (geometry.bits() == 16) {
            table[cluster * 2] = (byte) value;
            table[cluster * 2 + 1] = (byte) (value >> 8);
            return;
        }
        int at = cluster * 3 / 2;
        int shifted = cluster % 2 == 0 ? value : value << 4;
        table[at] |= (byte) shifted;
        table[at + 1] |= (byte) (shifted >> 8);
    }

    private static byte[] ascii(String text, int length) {
        return String.format("%-" + length + "s", text).getBytes(StandardCharsets.US_ASCII);
    }
}

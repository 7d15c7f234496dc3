package io.ferric.journey;

import io.ferric.lab.qemu.BootSupplies;
import io.ferric.lab.qemu.InstanceImage;
import io.ferric.testkit.Peer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * An image of a whole disk with a boot loader of its own, made without root: for BIOS a master boot record and a FAT partition
 * with syslinux, for UEFI a GPT and an EFI system partition with GRUB; kernel and ramdisk there, and the root file system in
 * the second partition.
 */
final class WholeDiskFixture {
    private static final long FIRST = 1 << 20;
    private static final long FAT_SIZE = 48 << 20;
    private static final long ROOT_AT = FIRST + FAT_SIZE;
    private static final int SECTOR = 512;

    private WholeDiskFixture() {}

    /** Makes one whose instance resets the server once it is up for the first time. */
    static void bios(Path disk, BootSupplies supplies, InstanceImage instance) throws IOException {
        Path fat = disk.resolveSibling("fat.img");
        Path root = disk.resolveSibling("root.img");
        String uuid = instance.build(root);
        makeFat(fat);
        copyIn(fat, supplies.kernel(), "vmlinuz");
        copyIn(fat, supplies.instanceRamdisk(), "initrd");
        Path config = Files.writeString(
                disk.resolveSibling("syslinux.cfg"),
                "default linux\nlabel linux\nkernel vmlinuz\nappend initrd=initrd " + parameters(uuid) + "\n");
        copyIn(fat, config, "syslinux.cfg");
        Peer.require("syslinux").run("--install", fat);
        try (FileChannel out = assemble(disk, fat, root)) {
            ByteBuffer code = ByteBuffer.wrap(
                    Files.readAllBytes(Peer.requireFile("/usr/lib/syslinux/mbr/mbr.bin", "syslinux-common")));
            out.write(code, 0);
            out.write(table(Files.size(root)), 440);
        }
    }

    static void uefi(Path disk, BootSupplies supplies, InstanceImage instance) throws IOException {
        Path fat = disk.resolveSibling("esp.img");
        Path root = disk.resolveSibling("root.img");
        String uuid = instance.build(root);
        makeFat(fat);
        copyIn(fat, supplies.kernel(), "vmlinuz");
        copyIn(fat, supplies.instanceRamdisk(), "initrd");
        Path config = Files.writeString(
                disk.resolveSibling("grub.cfg"),
                "set timeout=0\nsearch --no-floppy --file --set=root /vmlinuz\nmenuentry linux {\nlinux /vmlinuz "
                        + parameters(uuid) + "\ninitrd /initrd\n}\n");
        Peer mmd = Peer.require("mmd");
        mmd.run("-i", fat, "::/EFI", "::/EFI/BOOT", "::/EFI/debian");
        copyIn(fat, config, "EFI/debian/grub.cfg");
        copyIn(
                fat,
                Peer.requireFile("/usr/lib/grub/x86_64-efi/monolithic/grubx64.efi", "grub-efi-amd64-bin"),
                "EFI/BOOT/BOOTX64.EFI");
        try (FileChannel out = assemble(disk, fat, root)) {
            // room for the second GPT
            out.write(ByteBuffer.wrap(new byte[1]), ROOT_AT + Files.size(root) + (1 << 20) - 1);
        }
        Peer.require("sgdisk").run("-n", "1:" + FIRST / SECTOR + ":+" + FAT_SIZE / SECTOR, "-t", "1:ef00", disk);
    }

    private static String parameters(String uuid) {
        return "root=UUID=" + uuid + " " + BootSupplies.SERIAL_CONSOLE + " quiet";
    }

    private static void makeFat(Path fat) throws IOException {
        try (FileChannel file = FileChannel.open(
                fat, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            file.write(ByteBuffer.wrap(new byte[1]), FAT_SIZE - 1);
        }
        // the sectors before the partition, which a boot sector adds to every address
        Peer.require("mkfs.vfat").run("-F", "16", "-h", FIRST / SECTOR, "-n", "BOOT", fat);
    }

    private static void copyIn(Path fat, Path file, String name) {
        Peer.require("mcopy").run("-i", fat, file, "::/" + name);
    }

    private static FileChannel assemble(Path disk, Path fat, Path root) throws IOException {
        FileChannel out =
                FileChannel.open(disk, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        append(out, fat, FIRST);
        append(out, root, ROOT_AT);
        return out;
    }

    private static void append(FileChannel out, Path part, long at) throws IOException {
        try (FileChannel in = FileChannel.open(part)) {
            long copied = 0;
            while (copied < in.size()) {
                copied += in.transferTo(copied, in.size() - copied, out.position(at + copied));
            }
        }
    }

    /** From the disk's signature at 440 to the end of the sector. */
    private static ByteBuffer table(long rootSize) {
        ByteBuffer bytes = ByteBuffer.allocate(SECTOR - 440).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(0x51c0ffee).putShort((short) 0);
        entry(bytes, 0x80, 0x0e, FIRST, FAT_SIZE);
        entry(bytes, 0, 0x83, ROOT_AT, rootSize);
        return bytes.putShort(bytes.capacity() - 2, (short) 0xaa55).rewind();
    }

    private static void entry(ByteBuffer bytes, int flag, int type, long start, long size) {
        byte[] farAway = {(byte) 0xfe, (byte) 0xff, (byte) 0xff};
        bytes.put((byte) flag).put(farAway).put((byte) type).put(farAway);
        bytes.putInt((int) (start / SECTOR)).putInt((int) (size / SECTOR));
    }
}

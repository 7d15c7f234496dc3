package io.ferric.deploy;

import java.util.Locale;
import java.util.UUID;

/**
 * What a partition is for, in the order in which partitions stand on the disk. Root comes after all that have a fixed
 * size, so that it can grow; the config drive stands apart, at the disk's end.
 */
public enum PartitionRole {
    /** Where GRUB keeps its second stage when BIOS boots from a GPT; without a file system. */
    BIOS_BOOT(0xEF, "21686148-6449-6E6F-744E-656564454649"),
    EFI_SYSTEM(0xEF, "C12A7328-F81F-11D2-BA4B-00A0C93EC93B"),
    EPHEMERAL(0x83, Types.LINUX),
    SWAP(0x82, "0657FD6D-A4AB-43C4-84E5-0933C84B4F4F"),
    ROOT(0x83, Types.LINUX),
    CONFIG_DRIVE(0x83, Types.LINUX),
    /** Of the image of a whole disk: for what, only the image knows. */
    OTHER(0x83, Types.LINUX);

    /** Constants that enum values cannot name otherwise. */
    private static final class Types {
        static final String LINUX = "0FC63DAF-8483-4772-8E79-3D69D8477DE4";
    }

    private final int mbrType;
    private final UUID gptType;

    PartitionRole(int mbrType, String gptType) {
        this.mbrType = mbrType;
        this.gptType = UUID.fromString(gptType);
    }

    /** The type byte in an MBR: 0x82 is Linux swap, 0x83 a Linux file system, 0xEF an EFI system partition. */
    int mbrType() {
        return mbrType;
    }

    /** The type in a GPT. Source: UEFI specification 2.10, table 5.7, and the discoverable partitions of Linux. */
    UUID gptType() {
        return gptType;
    }

    /** The name in reports: {@code efi_system}, {@code ephemeral}, {@code swap}, {@code root} ... */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return wireName();
    }
}

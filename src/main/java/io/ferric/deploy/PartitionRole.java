package io.ferric.deploy;

import java.util.Locale;

/** What a partition is for, in the order in which partitions stand on the disk: root comes last so that it can grow. */
public enum PartitionRole {
    EPHEMERAL(0x83),
    SWAP(0x82),
    ROOT(0x83);

    private final int mbrType;

    PartitionRole(int mbrType) {
        this.mbrType = mbrType;
    }

    /** The type byte in an MBR: 0x82 is Linux swap, 0x83 a Linux file system. */
    int mbrType() {
        return mbrType;
    }

    /** The name in reports: {@code ephemeral}, {@code swap}, {@code root}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return wireName();
    }
}

package io.ferric.lab;

import io.ferric.lab.iscsi.SparseDisk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the pretend deploy ramdisk installs as a boot loader: code in the master boot record that stands still, and a
 * name to know it by. Disk signature and partition table stay.
 */
final class PretendLoader {
    private static final int MBR = 512;
    private static final int NAME_AT = 3;
    private static final byte[] NAME = "FERRIC PRETEND LOADER".getBytes(StandardCharsets.US_ASCII);
    /** {@code jmp $} and {@code nop}, as if a parameter block followed. */
    private static final byte[] CODE = {(byte) 0xEB, (byte) 0xFE, (byte) 0x90};

    private PretendLoader() {}

    static void install(SparseDisk disk) throws IOException {
        ByteBuffer sector = ByteBuffer.allocate(MBR);
        disk.read(0, sector);
        sector.put(0, CODE);
        sector.put(NAME_AT, NAME);
        disk.write(0, sector.rewind());
    }
}

package io.ferric.lab.iscsi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a disk says of itself: INQUIRY and its vital product data, capacity, mode pages (SPC-4, SBC-3). */
record DiskPages(long blocks, String serial, boolean thin) {
    /** The most blocks that one UNMAP range or WRITE SAME may zero: 1 GiB. */
    static final int MAX_ZERO_BLOCKS = (1 << 30) / SparseDisk.BLOCK;

    private static final int MAX_UNMAP_RANGES = 256;
    private static final int MAX_TRANSFER_BLOCKS = (32 << 20) / SparseDisk.BLOCK;

    ScsiResult inquiry(ByteBuffer cdb) {
        int allocation = cdb.getShort(3) & 0xFFFF;
        int page = cdb.get(2) & 0xFF;
        if ((cdb.get(1) & 1) == 0) {
            return page == 0
                    ? ScsiResult.DataIn.of(ControllerUnit.standard(0, "DISK"), allocation)
                    : ScsiResult.failed(Sense.INVALID_FIELD);
        }
        return switch (page) {
            case 0x00 -> vital(page, new byte[] {0, (byte) 0x80, (byte) 0x83, (byte) 0xB0, (byte) 0xB2}, allocation);
            case 0x80 -> vital(page, serial.getBytes(StandardCharsets.US_ASCII), allocation);
            case 0x83 -> vital(page, designator(), allocation);
            case 0xB0 -> vital(page, limits(), allocation);
            case 0xB2 -> vital(page, provisioning(), allocation);
            default -> ScsiResult.failed(Sense.INVALID_FIELD);
        };
    }

    private static ScsiResult vital(int page, byte[] body, int allocation) {
        ByteBuffer data = ByteBuffer.allocate(4 + body.length);
        data.put(1, (byte) page);
        data.putShort(2, (short) body.length);
        data.put(4, body);
        return ScsiResult.DataIn.of(data.array(), allocation);
    }

    /** One designator: T10 vendor identification and the serial number. */
    private byte[] designator() {
        byte[] name = ("PRETEND " + serial).getBytes(StandardCharsets.US_ASCII);
        ByteBuffer data = ByteBuffer.allocate(4 + name.length);
        data.put((byte) 0x02).put((byte) 0x01).put((byte) 0).put((byte) name.length);
        data.put(name);
        return data.array();
    }

    /** The block limits page without its first four bytes (SBC-3, 6.5.3). */
    private byte[] limits() {
        ByteBuffer data = ByteBuffer.allocate(60);
        data.putInt(4, MAX_TRANSFER_BLOCKS);
        data.putInt(8, (1 << 20) / SparseDisk.BLOCK);
        if (thin) {
            data.putInt(16, MAX_ZERO_BLOCKS);
            data.putInt(20, MAX_UNMAP_RANGES);
            data.putLong(32, MAX_ZERO_BLOCKS);
        }
        return data.array();
    }

    /** Logical block provisioning (SBC-3, 6.5.4): LBPU, LBPWS and LBPRZ, or none of them. */
    private byte[] provisioning() {
        return new byte[] {0, (byte) (thin ? 0xC4 : 0), (byte) (thin ? 2 : 0), 0};
    }

    byte[] capacity10() {
        ByteBuffer data = ByteBuffer.allocate(8);
        data.putInt(0, (int) Math.min(blocks - 1, 0xFFFFFFFFL));
        data.putInt(4, SparseDisk.BLOCK);
        return data.array();
    }

    byte[] capacity16() {
        ByteBuffer data = ByteBuffer.allocate(32);
        data.putLong(0, blocks - 1);
        data.putInt(8, SparseDisk.BLOCK);
        data.put(14, (byte) (thin ? 0xC0 : 0));
        return data.array();
    }

    /** A head and the caching page, with the write cache on. */
    static byte[] modeSense6() {
        byte[] data = new byte[24];
        data[0] = 23;
        data[4] = 0x08;
        data[5] = 0x12;
        data[6] = 0x04;
        return data;
    }

    static byte[] modeSense10() {
        byte[] data = new byte[28];
        data[1] = 26;
        data[8] = 0x08;
        data[9] = 0x12;
        data[10] = 0x04;
        return data;
    }
}

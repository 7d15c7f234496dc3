package io.ferric.lab.iscsi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** LUN 0 as tgtd has it: a storage array controller without a medium, which cannot be used as a disk. */
final class ControllerUnit implements LogicalUnit {
    private static final int STORAGE_ARRAY_CONTROLLER = 0x0C;

    @Override
    public ScsiResult execute(ByteBuffer cdb) {
        return switch (cdb.get(0)) {
            case 0x00 -> ScsiResult.GOOD;
            case 0x12 -> inquiry(cdb);
            default -> ScsiResult.failed(Sense.INVALID_COMMAND);
        };
    }

    private static ScsiResult inquiry(ByteBuffer cdb) {
        boolean vital = (cdb.get(1) & 1) != 0;
        return vital
                ? ScsiResult.failed(Sense.INVALID_FIELD)
                : ScsiResult.DataIn.of(standard(STORAGE_ARRAY_CONTROLLER, "Controller"), cdb.getShort(3) & 0xFFFF);
    }

    /** Standard INQUIRY data (SPC-4, 6.6.2). */
    static byte[] standard(int deviceType, String product) {
        ByteBuffer data = ByteBuffer.allocate(36);
        data.put(0, (byte) deviceType);
        data.put(2, (byte) 6);
        data.put(3, (byte) 2);
        data.put(4, (byte) 31);
        data.put(7, (byte) 2);
        data.position(8);
        data.put("%-8s%-16s%-4s".formatted("PRETEND", product, "1").getBytes(StandardCharsets.US_ASCII));
        return data.array();
    }
}

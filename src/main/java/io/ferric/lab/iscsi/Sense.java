package io.ferric.lab.iscsi;

import java.nio.ByteBuffer;

/** Why a SCSI command failed: sense key, additional code and qualifier (SPC-4, annex D). */
record Sense(int key, int code, int qualifier) {
    static final Sense INVALID_COMMAND = new Sense(5, 0x20, 0);
    static final Sense INVALID_FIELD = new Sense(5, 0x24, 0);
    static final Sense OUT_OF_RANGE = new Sense(5, 0x21, 0);
    static final Sense NO_SUCH_UNIT = new Sense(5, 0x25, 0);
    static final Sense WRITE_ERROR = new Sense(3, 0x0C, 0);
    static final Sense HARDWARE_ERROR = new Sense(4, 0x44, 0);
    static final Sense POWERED_ON = new Sense(6, 0x29, 0);
    static final Sense NONE = new Sense(0, 0, 0);

    /** Fixed format, 18 bytes. */
    byte[] bytes() {
        ByteBuffer sense = ByteBuffer.allocate(18);
        sense.put(0, (byte) 0x70);
        sense.put(2, (byte) key);
        sense.put(7, (byte) 10);
        sense.put(12, (byte) code);
        sense.put(13, (byte) qualifier);
        return sense.array();
    }
}

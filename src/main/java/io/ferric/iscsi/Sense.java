package io.ferric.iscsi;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * What a disk says about a command it did not carry out: sense key, additional code and its qualifier, from fixed or
 * descriptor format sense data (SPC-4 section 4.5).
 *
 * @param key sense key, 0 to 15
 * @param code additional sense code (ASC)
 * @param qualifier additional sense code qualifier (ASCQ)
 */
record Sense(int key, int code, int qualifier) {
    static final int NOT_READY = 0x2;
    static final int ILLEGAL_REQUEST = 0x5;
    static final int UNIT_ATTENTION = 0x6;

    /** Additional sense code of a command that the disk does not know. */
    static final int INVALID_OPERATION_CODE = 0x20;

    /** A CHECK CONDITION that came without usable sense data. */
    static final Sense NONE = new Sense(0, 0, 0);

    private static final int RESET_OCCURRED = 0x29;
    private static final int SHORTEST_FIXED = 14;
    private static final int SHORTEST_DESCRIPTOR = 4;
    private static final int BECOMING_READY = 0x0401;

    private static final String[] KEYS = {
        "NO SENSE", "RECOVERED ERROR", "NOT READY", "MEDIUM ERROR", "HARDWARE ERROR", "ILLEGAL REQUEST",
        "UNIT ATTENTION", "DATA PROTECT", "BLANK CHECK", "VENDOR SPECIFIC", "COPY ABORTED", "ABORTED COMMAND",
        "RESERVED", "VOLUME OVERFLOW", "MISCOMPARE", "COMPLETED"
    };

    /** Words by ASC and ASCQ (SPC-4 annex D): what disks and their targets say in practice. */
    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(0x0000, "no additional information"),
            Map.entry(0x0300, "peripheral device write fault"),
            Map.entry(0x0400, "not ready, cause not reportable"),
            Map.entry(BECOMING_READY, "in process of becoming ready"),
            Map.entry(0x0402, "initializing command required"),
            Map.entry(0x0403, "manual intervention required"),
            Map.entry(0x0404, "format in progress"),
            Map.entry(0x0407, "operation in progress"),
            Map.entry(0x0409, "self-test in progress"),
            Map.entry(0x0800, "logical unit communication failure"),
            Map.entry(0x0801, "logical unit communication time-out"),
            Map.entry(0x0900, "track following error"),
            Map.entry(0x0c00, "write error"),
            Map.entry(0x0c02, "write error, auto reallocation failed"),
            Map.entry(0x0c0d, "write error, not enough unsolicited data"),
            Map.entry(0x1000, "block guard check failed"),
            Map.entry(0x1100, "unrecovered read error"),
            Map.entry(0x1104, "unrecovered read error, auto reallocate failed"),
            Map.entry(0x1a00, "parameter list length error"),
            Map.entry(0x2000, "invalid command operation code"),
            Map.entry(0x2100, "logical block address out of range"),
            Map.entry(0x2400, "invalid field in command"),
            Map.entry(0x2500, "logical unit not supported; cure: check the LUN"),
            Map.entry(0x2600, "invalid field in parameter list"),
            Map.entry(0x2700, "write protected"),
            Map.entry(0x2701, "hardware write protected"),
            Map.entry(0x2702, "logical unit software write protected"),
            Map.entry(0x2707, "space allocation failed, the target's storage is full"),
            Map.entry(0x2800, "medium may have changed"),
            Map.entry(0x2900, "power on, reset, or bus device reset occurred"),
            Map.entry(0x2901, "power on occurred"),
            Map.entry(0x2903, "bus device reset occurred"),
            Map.entry(0x2904, "device internal reset"),
            Map.entry(0x2907, "I_T nexus loss occurred"),
            Map.entry(0x2a01, "mode parameters changed"),
            Map.entry(0x2a09, "capacity data has changed"),
            Map.entry(0x2c00, "command sequence error"),
            Map.entry(0x2f00, "commands cleared by another initiator"),
            Map.entry(0x3800, "thin provisioning soft threshold reached"),
            Map.entry(0x3a00, "medium not present"),
            Map.entry(0x3e00, "logical unit has not self-configured yet"),
            Map.entry(0x3e01, "logical unit failure"),
            Map.entry(0x3e02, "time-out on logical unit"),
            Map.entry(0x3f03, "inquiry data has changed"),
            Map.entry(0x3f0e, "reported LUNs data has changed"),
            Map.entry(0x4400, "internal target failure"),
            Map.entry(0x4700, "SCSI parity error"),
            Map.entry(0x4703, "information unit CRC error"),
            Map.entry(0x4800, "initiator detected error message received"),
            Map.entry(0x4900, "invalid message error"),
            Map.entry(0x4b00, "data phase error"),
            Map.entry(0x4e00, "overlapped commands attempted"),
            Map.entry(0x5500, "system resource failure"),
            Map.entry(0x5d00, "failure prediction threshold exceeded"));

    /** Reads the data segment of a SCSI response: two bytes of length, then sense data; anything else is {@link #NONE}. */
    static Sense parse(ByteBuffer data) {
        if (data.remaining() < 2) {
            return NONE;
        }
        int start = data.position() + 2;
        int length = Math.min(data.getShort(data.position()) & 0xffff, data.limit() - start);
        int format = length > 0 ? data.get(start) & 0x7f : 0;
        if ((format == 0x70 || format == 0x71) && length >= SHORTEST_FIXED) {
            return new Sense(data.get(start + 2) & 0xf, data.get(start + 12) & 0xff, data.get(start + 13) & 0xff);
        }
        if ((format == 0x72 || format == 0x73) && length >= SHORTEST_DESCRIPTOR) {
            return new Sense(data.get(start + 1) & 0xf, data.get(start + 2) & 0xff, data.get(start + 3) & 0xff);
        }
        return NONE;
    }

    /** Whether the same command will do when sent again at once. */
    boolean isUnitAttention() {
        return key == UNIT_ATTENTION;
    }

    /** Whether the disk has started anew and may have lost what was only in its cache. */
    boolean isReset() {
        return isUnitAttention() && code == RESET_OCCURRED;
    }

    /** Whether the same command may do a little later. */
    boolean isBecomingReady() {
        return key == NOT_READY && both() == BECOMING_READY;
    }

    private int both() {
        return code << 8 | qualifier;
    }

    /** Key and code in words, with their numbers. */
    String words() {
        String text = WORDS.getOrDefault(both(), "see SPC-4 annex D");
        return KEYS[key] + ", " + text + " (key " + Integer.toHexString(key) + " asc " + hex(code) + " ascq "
                + hex(qualifier) + ")";
    }

    private static String hex(int number) {
        return Integer.toHexString(0x100 | number).substring(1);
    }
}

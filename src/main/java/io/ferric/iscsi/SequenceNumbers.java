package io.ferric.iscsi;

import java.nio.ByteBuffer;

/**
 * The counters of a session with one connection (RFC 7143 section 4.2.2): which command comes next, which the target
 * has room for, and which status we expect. All wrap around, so they are compared by their distance.
 */
final class SequenceNumbers {
    private int command = 1;
    private int lastAllowed = 1;
    private int expectedStatus;

    /** Whether the target takes one more command now. */
    boolean windowOpen() {
        return lastAllowed - command >= 0;
    }

    /** Stamps a command that takes a place in the window. */
    void stampCommand(ByteBuffer header) {
        stampImmediate(header);
        command++;
    }

    /** Stamps a request that is delivered at once and takes no place. */
    void stampImmediate(ByteBuffer header) {
        header.putInt(Pdu.CMD_SN, command);
        stampStatus(header);
    }

    /** Tells the target which statuses have arrived. */
    void stampStatus(ByteBuffer header) {
        header.putInt(Pdu.EXP_STAT_SN, expectedStatus);
    }

    /** Learns the target's window from any PDU of its, if this is not older than what we know. */
    void window(ByteBuffer header) {
        int max = header.getInt(Pdu.MAX_CMD_SN);
        int expected = header.getInt(Pdu.EXP_CMD_SN);
        if (max - expected >= -1 && max - lastAllowed > 0) {
            lastAllowed = max;
        }
    }

    /** Learns that a status with a number of its own has arrived. */
    void status(ByteBuffer header) {
        expectedStatus = header.getInt(Pdu.STAT_SN) + 1;
    }
}

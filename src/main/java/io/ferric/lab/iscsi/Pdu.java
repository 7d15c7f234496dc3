package io.ferric.lab.iscsi;

import java.nio.ByteBuffer;

/**
 * An iSCSI PDU: 48 bytes of header and a data segment (RFC 7143, section 11). Header fields are read and written by
 * absolute index.
 *
 * @param data valid only until the next PDU is read from the same connection
 */
record Pdu(ByteBuffer header, ByteBuffer data) {
    static final int HEADER = 48;
    static final int NO_TAG = 0xFFFFFFFF;

    static final int NOP_OUT = 0x00;
    static final int SCSI_COMMAND = 0x01;
    static final int TASK_MANAGEMENT = 0x02;
    static final int LOGIN = 0x03;
    static final int TEXT = 0x04;
    static final int DATA_OUT = 0x05;
    static final int LOGOUT = 0x06;
    static final int NOP_IN = 0x20;
    static final int SCSI_RESPONSE = 0x21;
    static final int TASK_MANAGEMENT_RESPONSE = 0x22;
    static final int LOGIN_RESPONSE = 0x23;
    static final int TEXT_RESPONSE = 0x24;
    static final int DATA_IN = 0x25;
    static final int LOGOUT_RESPONSE = 0x26;
    static final int R2T = 0x31;
    static final int REJECT = 0x3F;

    /** A PDU of the target's own, with FINAL set and no data. */
    static Pdu answer(int opcode, int initiatorTag) {
        ByteBuffer header = ByteBuffer.allocate(HEADER);
        header.put(0, (byte) opcode);
        header.put(1, (byte) 0x80);
        header.putInt(16, initiatorTag);
        return new Pdu(header, ByteBuffer.allocate(0));
    }

    Pdu with(ByteBuffer newData) {
        return new Pdu(header, newData);
    }

    Pdu flags(int flags) {
        header.put(1, (byte) flags);
        return this;
    }

    Pdu set(int index, int value) {
        header.putInt(index, value);
        return this;
    }

    Pdu setByte(int index, int value) {
        header.put(index, (byte) value);
        return this;
    }

    int opcode() {
        return header.get(0) & 0x3F;
    }

    boolean immediate() {
        return (header.get(0) & 0x40) != 0;
    }

    boolean hasFlag(int flag) {
        return (header.get(1) & flag) != 0;
    }

    boolean isFinal() {
        return hasFlag(0x80);
    }

    int initiatorTag() {
        return header.getInt(16);
    }

    int transferTag() {
        return header.getInt(20);
    }

    int cmdSn() {
        return header.getInt(24);
    }

    /** The logical unit number, single-level, peripheral or flat addressing (SAM-5, 4.7). */
    int lun() {
        return ((header.get(8) & 0x3F) << 8) | (header.get(9) & 0xFF);
    }
}

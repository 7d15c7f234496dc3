package io.ferric.iscsi;

/** Codes and offsets of the basic header segment, the first 48 bytes of every PDU (RFC 7143 section 11). */
final class Pdu {
    /** Bytes of a basic header segment. */
    static final int HEADER = 48;
    /** Bytes of a CRC32C. */
    static final int DIGEST = 4;
    /** The tag that stands for "none". */
    static final int NO_TAG = 0xffffffff;

    static final int NOP_OUT = 0x00;
    static final int SCSI_COMMAND = 0x01;
    static final int LOGIN_REQUEST = 0x03;
    static final int DATA_OUT = 0x05;
    static final int LOGOUT_REQUEST = 0x06;
    static final int NOP_IN = 0x20;
    static final int SCSI_RESPONSE = 0x21;
    static final int LOGIN_RESPONSE = 0x23;
    static final int DATA_IN = 0x25;
    static final int LOGOUT_RESPONSE = 0x26;
    static final int R2T = 0x31;
    static final int ASYNC_MESSAGE = 0x32;
    static final int REJECT = 0x3f;

    /** Low six bits of byte 0 are the opcode; this one asks for delivery outside the command window. */
    static final int IMMEDIATE = 0x40;

    static final int OPCODE_MASK = 0x3f;

    static final int FLAGS = 1;
    static final int FINAL = 0x80;
    static final int CONTINUE = 0x40;
    static final int READ = 0x40;
    static final int WRITE = 0x20;
    static final int SIMPLE = 0x01;
    static final int STATUS_INCLUDED = 0x01;
    static final int UNDERFLOW = 0x02;

    /** Reject reason, SCSI response code and logout response are all in byte 2. */
    static final int REASON = 2;

    static final int SCSI_STATUS = 3;
    /** One byte of AHS length in words, then three of data length. */
    static final int LENGTHS = 4;

    static final int LUN = 8;
    static final int TASK_TAG = 16;
    static final int TRANSFER_TAG = 20;
    static final int EXPECTED_LENGTH = 20;
    static final int CMD_SN = 24;
    static final int STAT_SN = 24;
    static final int EXP_STAT_SN = 28;
    static final int EXP_CMD_SN = 28;
    static final int MAX_CMD_SN = 32;
    static final int CDB = 32;
    static final int DATA_SN = 36;
    static final int LOGIN_STATUS = 36;
    static final int ASYNC_EVENT = 36;
    static final int BUFFER_OFFSET = 40;
    static final int RESIDUAL = 44;
    static final int DESIRED_LENGTH = 44;

    private static final int DATA_LENGTH_MASK = 0xffffff;

    private Pdu() {}

    /** Bytes of the data segment, from the word at {@link #LENGTHS}. */
    static int dataLength(int lengths) {
        return lengths & DATA_LENGTH_MASK;
    }

    /** Bytes of the additional header segments, from the word at {@link #LENGTHS}. */
    static int additionalHeader(int lengths) {
        return (lengths >>> 24) * 4;
    }

    /** Segments are filled up to four bytes. */
    static int padding(int length) {
        return -length & 3;
    }
}

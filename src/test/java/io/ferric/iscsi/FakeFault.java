package io.ferric.iscsi;

/** What {@link FakeTarget} can do wrong with one command. */
enum FakeFault {
    /** Nothing: used to let some commands pass before a fault. */
    NONE,
    RESET,
    FREEZE,
    REJECT,
    ASK_FOR_LOGOUT,
    VENDOR_EVENT,
    /** Takes long, and answers pings meanwhile. */
    SLOW_BUT_ALIVE,
    BUSY,
    TASK_SET_FULL,
    PARAMETERS_CHANGED,
    DISK_RESET,
    BECOMING_READY,
    MEDIUM_ERROR,
    MEDIUM_ERROR_DESCRIPTOR,
    OUT_OF_RANGE,
    INVALID_COMMAND,
    INVALID_FIELD,
    RESERVATION_CONFLICT,
    TARGET_FAILURE,
    PING_FIRST,
    PING_AND_FREEZE,
    DAMAGED_HEADER,
    DAMAGED_DATA,
    WRONG_TAG,
    UNKNOWN_OPCODE,
    R2T_TOO_FAR,
    DONE_EARLY,
    SHORT_READ,
    DATA_OUT_OF_ORDER,
    HUGE_SEGMENT
}

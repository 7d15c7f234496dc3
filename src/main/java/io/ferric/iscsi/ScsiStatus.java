package io.ferric.iscsi;

import java.util.Map;

/** The status byte of a SCSI command and what follows from it (SAM-5 section 5.3). */
final class ScsiStatus {
    static final int GOOD = 0x00;
    static final int CHECK_CONDITION = 0x02;

    private static final Map<Integer, String> WORDS = Map.of(
            0x02, "CHECK CONDITION",
            0x08, "BUSY",
            0x18, "RESERVATION CONFLICT, another initiator has reserved the disk",
            0x28, "TASK SET FULL",
            0x30, "ACA ACTIVE",
            0x40, "TASK ABORTED by the target");

    /** What to do with a command that came back. */
    enum Next {
        /** It is done. */
        ACCEPT,
        /** Send it again at once: the target only wanted to tell us something. */
        AGAIN,
        /** Send it again after a rest. */
        LATER,
        /** It has failed. */
        GIVE_UP
    }

    private ScsiStatus() {}

    static Next next(int status, Sense sense) {
        return switch (status) {
            case GOOD, 0x04 -> Next.ACCEPT;
            case 0x08, 0x28 -> Next.LATER;
            case CHECK_CONDITION ->
                sense.isUnitAttention() ? Next.AGAIN : sense.isBecomingReady() ? Next.LATER : Next.GIVE_UP;
            default -> Next.GIVE_UP;
        };
    }

    /** Status and, where there is one, sense in words. */
    static String words(int status, Sense sense) {
        return status == CHECK_CONDITION && !sense.equals(Sense.NONE)
                ? sense.words()
                : WORDS.getOrDefault(status, "status 0x" + Integer.toHexString(status));
    }
}

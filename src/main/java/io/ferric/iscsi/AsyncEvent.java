package io.ferric.iscsi;

import java.util.Map;

/** What a target tells us unasked (RFC 7143 section 11.9.1), as far as it ends our work. */
final class AsyncEvent {
    private static final Map<Integer, String> FATAL = Map.of(
            1, "the target asks us to log out",
            2, "the target is about to drop the connection",
            3, "the target is about to drop all connections of the session",
            4, "the target wants to negotiate anew, which we cannot",
            5, "the target has ended all commands of the disk");

    private AsyncEvent() {}

    /** Whether the session is of no more use. The others report SCSI events and matters of the vendor. */
    static boolean isFatal(byte event) {
        return FATAL.containsKey(event & 0xff);
    }

    static String words(byte event) {
        String known = FATAL.getOrDefault(event & 0xff, "the target reports an event of its own");
        return known + " (asynchronous event " + (event & 0xff) + ")";
    }
}

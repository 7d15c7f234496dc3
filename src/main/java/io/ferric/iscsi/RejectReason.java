package io.ferric.iscsi;

import java.util.Map;

/** Why a target rejected a PDU of ours (RFC 7143 section 11.17.1). */
final class RejectReason {
    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(0x02, "our data arrived damaged (data digest)"),
            Map.entry(0x03, "no repetition of data (SNACK)"),
            Map.entry(0x04, "protocol error"),
            Map.entry(0x05, "command not supported"),
            Map.entry(0x06, "too many immediate commands"),
            Map.entry(0x07, "task in progress"),
            Map.entry(0x08, "invalid data acknowledgement"),
            Map.entry(0x09, "invalid field in a PDU"),
            Map.entry(0x0a, "out of resources"),
            Map.entry(0x0b, "negotiation was reset"),
            Map.entry(0x0c, "waiting for logout"));

    private RejectReason() {}

    static String words(byte reason) {
        String known = WORDS.getOrDefault(reason & 0xff, "unknown reason");
        return "the target rejected our request: " + known + " (reject reason 0x" + Integer.toHexString(reason & 0xff)
                + ")";
    }
}

package io.ferric.iscsi;

import java.util.Map;

/** Status class and detail of a login response in words (RFC 7143 section 11.13.5). */
final class LoginStatus {
    static final int SUCCESS = 0;
    private static final int REDIRECTION = 1;

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry(0x0101, "the target has moved temporarily"),
            Map.entry(0x0102, "the target has moved for good"),
            Map.entry(0x0200, "the target does not like our request"),
            Map.entry(0x0201, "authentication failed; cure: check the CHAP user and secret, or give some"),
            Map.entry(0x0202, "not authorised; cure: allow our initiator name and address at the target"),
            Map.entry(0x0203, "no such target; cure: check the IQN"),
            Map.entry(0x0204, "the target has been removed"),
            Map.entry(0x0205, "the target speaks another version of iSCSI"),
            Map.entry(0x0206, "too many connections; cure: log out other initiators"),
            Map.entry(0x0207, "the target misses a parameter"),
            Map.entry(0x0208, "the target cannot add us to the session"),
            Map.entry(0x0209, "the target does not support this type of session"),
            Map.entry(0x020a, "the session does not exist"),
            Map.entry(0x020b, "the target got an invalid request in the login"),
            Map.entry(0x0300, "the target has an internal error"),
            Map.entry(0x0301, "the target is unavailable; cure: try again later"),
            Map.entry(0x0302, "the target is out of resources; cure: log out other initiators"));

    private LoginStatus() {}

    /** Whether the target wants us to log in somewhere else. */
    static boolean isRedirection(int status) {
        return status >>> 8 == REDIRECTION;
    }

    /** Class and detail as one 16-bit number, in words, with the number. */
    static String words(int status) {
        String unknown = status >>> 8 == 3 ? "the target has an error" : "the target refuses";
        return WORDS.getOrDefault(status, unknown) + " (login status 0x" + hex(status) + ")";
    }

    private static String hex(int status) {
        return Integer.toHexString(0x10000 | status).substring(1);
    }
}

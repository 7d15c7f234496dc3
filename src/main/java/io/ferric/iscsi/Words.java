package io.ferric.iscsi;

/** Text that comes from outside, and what of it may go into messages and PDUs. */
final class Words {
    /** What {@link #isIscsiName} wants, for messages. */
    static final String NAME_RULE = "an iqn., eui. or naa. name of at most 223 characters without blanks";

    private static final int LONGEST_NAME = 223;
    private static final int LONGEST = 120;

    private Words() {}

    /** Text from the wire with everything but printable ASCII replaced, cut to a readable length. */
    static String printable(String text) {
        StringBuilder clean = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), LONGEST); i++) {
            char c = text.charAt(i);
            clean.append(c < ' ' || c > '~' ? '?' : c);
        }
        return text.length() > LONGEST ? clean.append("...").toString() : clean.toString();
    }

    /**
     * Whether a name can stand in a login (RFC 7143 section 4.2.7). More lenient than the RFC in what follows "iqn":
     * deploy ramdisks send names such as {@code iqn-01234567}.
     */
    static boolean isIscsiName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c == 0x7f) {
                return false;
            }
        }
        boolean known = name.startsWith("iqn") || name.startsWith("eui.") || name.startsWith("naa.");
        return known && name.length() <= LONGEST_NAME;
    }
}

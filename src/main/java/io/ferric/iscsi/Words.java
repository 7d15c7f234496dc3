package io.ferric.iscsi;

/** Makes text of a target fit for a message of ours. */
final class Words {
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
}

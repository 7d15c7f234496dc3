package io.ferric.ilo.wire;

/** Text of unknown origin made fit for a message. */
public final class Words {
    private static final int SHOWN = 80;

    private Words() {}

    /** The first characters on one line, with what cannot be printed as dots. */
    public static String shown(String text) {
        return shown(text, SHOWN);
    }

    /** The same with so many characters at most. */
    public static String shown(String text, int most) {
        String start = text.length() > most ? text.substring(0, most) + "..." : text;
        return start.replaceAll("\\s+", " ").replaceAll("[^\\x20-\\x7e]", ".").strip();
    }
}

package io.ferric.ilo.wire;

/** Text of unknown origin made fit for a message. */
public final class Words {
    private static final int SHOWN = 80;

    private Words() {}

    /** The first characters on one line, with what cannot be printed as dots. */
    public static String shown(String text) {
        String start = text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
        return start.replaceAll("\\s+", " ").replaceAll("[^\\x20-\\x7e]", ".").strip();
    }
}

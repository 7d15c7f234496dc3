package io.ferric.ilo.wire;

import java.time.Duration;

/** What is made fit for a message: text of unknown origin, times. */
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

    /** In seconds, a short time in milliseconds: {@code 60 s}, {@code 250 ms}. */
    public static String shown(Duration time) {
        return time.toMillis() < 1000 ? time.toMillis() + " ms" : time.toSeconds() + " s";
    }
}

package io.ferric.ilo.client;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which iLO it is. */
public enum Generation {
    ILO2,
    ILO3,
    ILO4,
    ILO5,
    ILO6,
    ILO7,
    UNKNOWN;

    private static final Pattern NUMBER = Pattern.compile("ilo\\s*([2-7])");

    /** From what an iLO calls itself, such as {@code iLO4}, {@code iLO 5} or {@code Integrated Lights-Out 4 (iLO 4)}. */
    public static Generation of(String text) {
        Matcher matcher = NUMBER.matcher(text.toLowerCase(Locale.ROOT));
        return matcher.find() ? valueOf("ILO" + matcher.group(1)) : UNKNOWN;
    }

    /** Whether it is this one or newer; never for one that is not known. */
    public boolean atLeast(Generation other) {
        return this != UNKNOWN && compareTo(other) >= 0;
    }

    /** As people write it, such as {@code iLO 4}. */
    @Override
    public String toString() {
        return this == UNKNOWN ? "an unknown iLO" : "iLO " + name().substring(3);
    }
}

package io.ferric.client;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of the bare-metal API, such as {@code 1.82}: what it has grows with the second number.
 * Source: Ironic's REST API version history.
 */
public record Microversion(int major, int minor) implements Comparable<Microversion> {
    /** What a server means that names none. */
    public static final Microversion OLDEST = new Microversion(1, 1);

    private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})");

    /** Version 1.{@code minor}. */
    public static Microversion of(int minor) {
        return new Microversion(1, minor);
    }

    /** Reads {@code 1.82}; empty for anything else. */
    public static Optional<Microversion> parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(new Microversion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** Whether this is version 1.{@code minimum} or a later one. */
    public boolean has(int minimum) {
        return compareTo(of(minimum)) >= 0;
    }

    @Override
    public int compareTo(Microversion other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}

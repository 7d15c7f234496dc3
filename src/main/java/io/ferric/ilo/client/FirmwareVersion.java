package io.ferric.ilo.client;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of an iLO's firmware. Up to iLO 6 it has two numbers, the second with two digits ({@code 2.03} is older than
 * {@code 2.30}); iLO 7 adds a third.
 */
public record FirmwareVersion(int major, int minor, int patch) implements Comparable<FirmwareVersion> {
    private static final Pattern NUMBERS = Pattern.compile("(?<![\\d.])(\\d{1,5})\\.(\\d{1,5})(?:\\.(\\d{1,5}))?");
    private static final Comparator<FirmwareVersion> ORDER = Comparator.comparingInt(FirmwareVersion::major)
            .thenComparingInt(FirmwareVersion::minor)
            .thenComparingInt(FirmwareVersion::patch);

    /** The first version in a text such as {@code 2.70}, {@code iLO 5 v2.70} or {@code 1.12.00}; empty when there is none. */
    public static Optional<FirmwareVersion> in(String text) {
        Matcher numbers = NUMBERS.matcher(text);
        return numbers.find()
                ? Optional.of(new FirmwareVersion(number(numbers, 1), number(numbers, 2), number(numbers, 3)))
                : Optional.empty();
    }

    public boolean olderThan(FirmwareVersion other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(FirmwareVersion other) {
        return ORDER.compare(this, other);
    }

    /** As HPE writes it, such as {@code 2.03} or {@code 1.12.00}. */
    @Override
    public String toString() {
        return patch == 0 ? String.format("%d.%02d", major, minor) : String.format("%d.%02d.%02d", major, minor, patch);
    }

    private static int number(Matcher numbers, int group) {
        return numbers.group(group) == null ? 0 : Integer.parseInt(numbers.group(group));
    }
}

package io.ferric.cli.terminal;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes, rates and times as people read them. */
public final class ByteText {
    public static final long MIB = 1L << 20;
    public static final long GIB = 1L << 30;

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*([KMGT]?)(i?B)?", Pattern.CASE_INSENSITIVE);
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

    private ByteText() {}

    /**
     * Bytes written as {@code 800M}, {@code 20G}, {@code 20GiB} or a bare number of bytes.
     *
     * @param option which option it came from, for the message
     */
    public static long parse(String option, String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            throw new UsageException(option + " '" + text + "' is not a size; write 800M, 20G or a number of bytes");
        }
        int unit = "KMGT".indexOf(form.group(2).toUpperCase(Locale.ROOT));
        int shift = form.group(2).isEmpty() ? 0 : 10 * (unit + 1);
        long number = Long.parseLong(form.group(1));
        if (number > Long.MAX_VALUE >> shift) {
            throw new UsageException(option + " '" + text + "' is more than there is");
        }
        return number << shift;
    }

    public static String size(double bytes) {
        int unit = 0;
        while (bytes >= 1024 && unit < UNITS.length - 1) {
            bytes /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", bytes, UNITS[unit]);
    }

    public static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
    }

    /** Minutes and seconds for a time to wait. */
    public static String clock(long seconds) {
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
}

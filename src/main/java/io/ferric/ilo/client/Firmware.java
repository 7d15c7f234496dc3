package io.ferric.ilo.client;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The iLO's own firmware.
 *
 * @param version such as {@code 2.50}
 * @param processor such as {@code iLO4}
 */
public record Firmware(String version, String processor) {
    private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+).*");

    /** What an operator should know about this version; empty when there is nothing. */
    public Optional<String> warning() {
        return processor.replace(" ", "").equalsIgnoreCase("iLO4") && olderThan(2, 54)
                ? Optional.of(
                        "iLO 4 firmware " + version
                                + " lets anyone on its network in without a password (CVE-2017-12542); update it to 2.54 or later")
                : Optional.empty();
    }

    private boolean olderThan(int major, int minor) {
        Matcher matcher = NUMBERS.matcher(version);
        if (!matcher.matches()) {
            return false;
        }
        int ours = Integer.parseInt(matcher.group(1));
        return ours < major || ours == major && Integer.parseInt(matcher.group(2)) < minor;
    }
}

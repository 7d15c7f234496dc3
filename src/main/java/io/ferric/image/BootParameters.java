package io.ferric.image;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Keeps the parameters a server boots with from smuggling in more than parameters. Call it when values arrive, long
 * before a server is touched; {@link VfatImage} and {@link BootIso} check once more.
 *
 * <p>The deploy ramdisk splits {@code parameters.txt} at white space and sources it in a shell, and isolinux ends a
 * command line at the line's end: a value with a newline, a quote or a {@code $(...)} would become a command (compare
 * CVE-2026-46447 in Ironic).
 */
public final class BootParameters {
    /** isolinux hands on at most 2047 characters in all; the fixed words take some of them. */
    static final int LONGEST_KERNEL_PARAMETERS = 1900;

    private static final Pattern KEY = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
    private static final String HARMLESS = "_.,:/@%+=-[]";
    private static final String PLAIN_FOR_GRUB = "_.,:/@%+=-";

    private BootParameters() {}

    /**
     * Accepts letters, digits and {@code _ . , : / @ % + = - [ ]} as value, which is enough for URLs, IPv6 addresses,
     * IQNs, MACs and device lists. The message of a refusal names the key, never the value: it may be secret.
     *
     * @throws IllegalArgumentException naming the key and the first character at fault
     */
    public static void requireSafe(Map<String, String> parameters) {
        parameters.forEach((key, value) -> {
            if (!KEY.matcher(key).matches()) {
                throw new IllegalArgumentException("boot parameter name '" + printable(key)
                        + "' must be letters, digits, '_', '.' or '-', and begin with a letter or '_'");
            }
            value.chars().filter(c -> !harmless(c)).findFirst().ifPresent(c -> {
                throw new IllegalArgumentException("boot parameter '" + key + "' holds " + describe(c)
                        + "; the ramdisk's shell would not take it as plain text. Allowed are letters, digits and "
                        + HARMLESS);
            });
        });
    }

    /**
     * Accepts printable ASCII without quotes and backslashes, at most 1900 characters. isolinux takes all of that as it
     * stands; for GRUB each word is quoted where GRUB would read more than text in it.
     *
     * @throws IllegalArgumentException naming the first character at fault
     */
    public static void requireSafeKernelParameters(String parameters) {
        if (parameters.length() > LONGEST_KERNEL_PARAMETERS) {
            throw new IllegalArgumentException("kernel parameters are " + parameters.length()
                    + " characters long; isolinux takes at most " + LONGEST_KERNEL_PARAMETERS);
        }
        parameters
                .chars()
                .filter(c -> c < ' ' || c > '~' || "\"'`\\".indexOf(c) >= 0)
                .findFirst()
                .ifPresent(c -> {
                    throw new IllegalArgumentException("kernel parameters hold " + describe(c)
                            + "; only printable ASCII without quotes is allowed, all in one line");
                });
    }

    /** One word of kernel parameters that passed, as a GRUB script says it: single quotes take all meaning from it. */
    static String quotedForGrub(String word) {
        boolean plain = word.chars().allMatch(c -> alphanumeric(c) || PLAIN_FOR_GRUB.indexOf(c) >= 0);
        return plain ? word : "'" + word + "'";
    }

    /** The text of {@code parameters.txt}: key=value lines, sorted, without a newline at the end. */
    static String render(Map<String, String> parameters) {
        requireSafe(parameters);
        return new TreeMap<>(parameters)
                .entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).collect(Collectors.joining("\n"));
    }

    private static boolean harmless(int c) {
        return alphanumeric(c) || HARMLESS.indexOf(c) >= 0;
    }

    private static boolean alphanumeric(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static String describe(int c) {
        return switch (c) {
            case ' ' -> "a blank";
            case '\t' -> "a tab";
            case '\r' -> "a carriage return";
            case '\n' -> "a line feed";
            default -> c < ' ' || c > '~' ? String.format("the character U+%04X", c) : "the character " + (char) c;
        };
    }

    private static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }
}

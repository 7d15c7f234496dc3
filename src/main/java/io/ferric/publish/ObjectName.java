package io.ferric.publish;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rule for object names: one harmless path component. */
final class ObjectName {
    private static final Pattern RULE = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");
    private static final Pattern SUFFIX = Pattern.compile("\\.[A-Za-z0-9]{1,8}$");

    private ObjectName() {}

    static String checked(String name) throws PublishException {
        if (!RULE.matcher(name).matches()) {
            throw new PublishException(
                    PublishException.INVALID_PARAMETER_VALUE,
                    "The object name \"" + printable(name) + "\" cannot be used: give 1 to 128 of the characters"
                            + " A-Z a-z 0-9 . _ -, the first one not a dot.");
        }
        return name;
    }

    /** The suffix with its dot, as {@code .iso}; empty when there is none. */
    static String suffix(String name) {
        Matcher matcher = SUFFIX.matcher(name);
        return matcher.find() ? matcher.group() : "";
    }

    private static String printable(String name) {
        String shown = name.replaceAll("[^ -~]", "?");
        return shown.length() > 140 ? shown.substring(0, 140) + "..." : shown;
    }
}

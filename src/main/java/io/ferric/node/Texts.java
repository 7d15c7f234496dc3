package io.ferric.node;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules that fields of several kinds of entries share; each refusal names the field. */
final class Texts {
    private static final Pattern MAC = Pattern.compile("([0-9a-f]{2}:){5}[0-9a-f]{2}");

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~-]{1,255}");

    private Texts() {}

    /** A MAC address in lower case with colons; dashes are read too. */
    static String mac(String what, String text) {
        String address = text.toLowerCase(Locale.ROOT).replace('-', ':');
        if (!MAC.matcher(address).matches()) {
            throw invalid(
                    what + " address '" + text + "' is not a MAC address",
                    "Write six pairs of hex digits with colons or dashes between them, such as 52:54:00:12:34:56.");
        }
        return address;
    }

    /** The unreserved characters of RFC 3986, so that a name can stand in a URL as it is. */
    static void name(String what, String text) {
        if (!NAME.matcher(text).matches() || Uuids.parse(text).isPresent()) {
            throw invalid(
                    "'" + text + "' cannot be the 'name' of a " + what,
                    "Use letters, digits and . _ ~ - only, and nothing that looks like a UUID.");
        }
    }

    static void atMost(int characters, String field, Optional<String> text) {
        text.filter(given -> given.length() > characters).ifPresent(given -> {
            throw invalid(
                    "'" + field + "' is " + given.length() + " characters long",
                    "At most " + characters + " can be kept.");
        });
    }

    static void notBlank(String field, Optional<String> text) {
        text.filter(String::isBlank).ifPresent(given -> {
            throw invalid("'" + field + "' is empty", "Give it a value, or leave it away.");
        });
    }

    /** A copy that nobody can change, in the same order. */
    static Map<String, Object> copy(Map<String, Object> values) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    static InvalidRequest invalid(String message, String hint) {
        return new InvalidRequest(FaultCode.INVALID_PARAMETER_VALUE, message, hint);
    }
}

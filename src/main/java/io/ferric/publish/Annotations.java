package io.ferric.publish;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Annotations as metadata of a Swift object: {@code usage_count} is the header {@code X-Object-Meta-Usage-Count}. Web servers
 * drop headers with an underscore in their name, so it becomes a dash, and a dash an underscore when it is read.
 */
final class Annotations {
    static final String HEADER = "x-object-meta-";
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,100}");
    /** Swift takes 256 octets. */
    private static final Pattern VALUE = Pattern.compile("[ -~]{0,256}");

    private Annotations() {}

    static Map<String, String> toHeaders(Map<String, String> annotations) throws PublishException {
        Map<String, String> headers = new HashMap<>();
        for (Map.Entry<String, String> each : annotations.entrySet()) {
            String name = each.getKey().toLowerCase(Locale.ROOT).replace('-', '_');
            if (!NAME.matcher(name).matches() || !VALUE.matcher(each.getValue()).matches()) {
                throw new PublishException(
                        PublishException.INVALID_PARAMETER_VALUE,
                        "The annotation " + name.replaceAll("[^ -~]", "?")
                                + " cannot be kept by Swift: a name has up to"
                                + " 100 of a-z 0-9 _, a value up to 256 printable ASCII characters.");
            }
            headers.put(HEADER + name.replace('_', '-'), each.getValue());
        }
        return headers;
    }

    /** Those that a piece of something has too: whose it is, but not who uses the whole. */
    static Map<String, String> ofPieces(Map<String, String> annotations) {
        Map<String, String> whose = new TreeMap<>(annotations);
        whose.keySet().removeIf(name -> !name.startsWith("ferric_"));
        return whose;
    }

    /** @param headers of an object, names in lower case */
    static Map<String, String> ofHeaders(Map<String, String> headers) {
        Map<String, String> annotations = new TreeMap<>();
        headers.forEach((header, value) -> {
            if (header.startsWith(HEADER)) {
                annotations.put(header.substring(HEADER.length()).replace('-', '_'), value);
            }
        });
        return annotations;
    }
}

package io.ferric.deploy;

import io.ferric.driver.Findings;
import io.ferric.node.NodeSpec;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tells the ramdisk which of several disks to offer: {@code properties.root_device}, such as {@code {"wwn": "0x5000"}},
 * as one word {@code wwn=0x5000,...} with everything that could disturb a shell written as {@code %xx}.
 */
final class RootDeviceHints {
    private static final String FIELD = "properties/root_device";
    private static final Set<String> KEYS = Set.of("model", "name", "serial", "size", "vendor", "wwn");

    private RootDeviceHints() {}

    /** The word for the ramdisk; empty when there are no hints, or only wrong ones, which are noted. */
    static Optional<String> read(NodeSpec spec, Findings findings) {
        Object value = spec.properties().get("root_device");
        if (value == null || value instanceof Map<?, ?> none && none.isEmpty()) {
            return Optional.empty();
        }
        if (!(value instanceof Map<?, ?> hints)) {
            findings.invalid(FIELD, "is not a set of hints such as {\"serial\": \"...\"}.");
            return Optional.empty();
        }
        TreeMap<String, String> words = new TreeMap<>();
        hints.forEach((key, each) -> words.put(String.valueOf(key), String.valueOf(each)));
        words.forEach((key, each) -> check(key, each, findings));
        return Optional.of(words.entrySet().stream()
                .map(each -> each.getKey() + "=" + escape(each.getValue()))
                .collect(Collectors.joining(",")));
    }

    private static void check(String key, String value, Findings findings) {
        if (!KEYS.contains(key)) {
            findings.invalid(FIELD, "has the unknown hint " + Faults.foreign(key) + "; known are " + KEYS + ".");
        }
        if (value.isBlank()) {
            findings.invalid(FIELD, "has the hint " + Faults.foreign(key) + " without a value; take it out.");
        } else if (key.equals("size") && !value.matches("[1-9]\\d{0,8}")) {
            findings.invalid(
                    FIELD, "has the size " + Faults.foreign(value) + ", which is not a whole number of GiB from 1 on.");
        }
    }

    private static String escape(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }
}

package io.ferric.ilo.redfish;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spoils JSON as broken firmware, a bad line or an attacker might. */
final class Mutations {
    private static final Pattern VALUE = Pattern.compile("\"[^\"]*\"|true|false|null|-?\\d+|\\[|\\{");
    private static final Pattern MEMBER = Pattern.compile("\"[^\"]*\":(\"[^\"]*\"|true|false|null|-?\\d+),");
    private static final String HUGE = "\"" + "x".repeat(300_000) + "\"";
    private static final String DEEP = "[".repeat(2000) + "]".repeat(2000);
    private static final String[] VALUES = {
        "null",
        "true",
        "17",
        "-1e308",
        "1e999999",
        "9".repeat(100),
        "\"\"",
        "\" \"",
        "\"text\"",
        "[]",
        "{}",
        "[[]]",
        "[{}]",
        "[null,1,\"x\"]",
        "{\"@odata.id\":\"/redfish/v1/\"}",
        "{\"@odata.id\":\"http://elsewhere.test/x\"}",
        "\"/redfish/../etc\"",
        "[{\"@odata.id\":\"/redfish/v1/Systems/\"}]",
        "\"a\\u0000\\r\\nX-Evil: 1\"",
        DEEP,
        "\"\\ud800\""
    };

    private Mutations() {}

    static byte[] of(String json, Random random) {
        String text = json;
        for (int each = random.nextInt(3); each >= 0; each--) {
            text = random.nextInt(3) == 0 ? without(text, random) : swapped(text, random);
        }
        return soiled(text.getBytes(StandardCharsets.UTF_8), random);
    }

    private static String without(String text, Random random) {
        return replaced(MEMBER, text, "", random);
    }

    private static String swapped(String text, Random random) {
        String value = random.nextInt(200) == 0 ? HUGE : VALUES[random.nextInt(VALUES.length)];
        return replaced(VALUE, text, value, random);
    }

    private static String replaced(Pattern what, String text, String by, Random random) {
        Matcher matcher = what.matcher(text);
        List<int[]> found = new ArrayList<>();
        while (matcher.find() && found.size() < 1000) {
            found.add(new int[] {matcher.start(), matcher.end()});
        }
        if (found.isEmpty()) {
            return text;
        }
        int[] place = found.get(random.nextInt(found.size()));
        return text.substring(0, place[0]) + by + text.substring(place[1]);
    }

    private static byte[] soiled(byte[] bytes, Random random) {
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            case 1 -> flipped(bytes, random);
            default -> bytes;
        };
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        for (int each = 0; each < 3 && bytes.length > 0; each++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}

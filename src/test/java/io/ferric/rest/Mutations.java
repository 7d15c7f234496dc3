package io.ferric.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** What a client that means harm, or a broken one, puts in the place of what the document asks for. */
final class Mutations {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "n1",
            "x' OR '1'='1",
            "'; drop table node; --",
            "%2f..%2f",
            "../../etc/passwd",
            "\\u0000",
            "\\ud83d\\ude00",
            "\\ud800",
            "ÄÖÜ 漢字 \u202e",
            "52:54:00:12:34:56",
            "5254.0012.3456",
            "52-54-00-12-34-GG",
            "00000000-0000-4000-8000-000000000000",
            "a".repeat(300),
            "CUSTOM_" + "X".repeat(256),
            "true",
            "-1",
            "9223372036854775808");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "false",
            "0",
            "-1",
            "1e400",
            "3.14",
            "9223372036854775808",
            "[]",
            "{}",
            "[null]",
            "[[[]]]",
            "{\"a\": null}",
            "{\"\": {}}",
            "[1, \"a\", {}]",
            "{\"password\": \"******\"}",
            "\"" + "z".repeat(70_000) + "\"");
    private static final List<String> SEGMENTS = List.of(
            "%2f",
            "..",
            "%2e%2e",
            ";a=b",
            "%00",
            "%ff",
            "%F0%9F%98%80",
            "a%20b",
            "n1;x",
            "'",
            "%27%20or%201=1",
            "*",
            "%25",
            "n1.json",
            "a".repeat(2000),
            "-",
            "%5c",
            "{node}".replace("{", "%7b").replace("}", "%7d"),
            "+");
    private static final List<String> VERSIONS = List.of(
            "latest", "latest", "latest", "1.1", "1.30", "1.52", "1.82", "1.93", "1.9999", "2.0", "0", "abc", "1.-1",
            "1.1.1");

    private final Random random;

    Mutations(Random random) {
        this.random = random;
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    boolean sometimes(int oneOf) {
        return random.nextInt(oneOf) == 0;
    }

    String version() {
        return one(VERSIONS);
    }

    String segment(String usual) {
        return sometimes(3) ? one(SEGMENTS) : usual;
    }

    /** Any JSON value, as text. */
    String value() {
        return sometimes(2) ? "\"" + one(TEXTS) + "\"" : one(VALUES);
    }

    String query(List<String> names) {
        List<String> parts = new ArrayList<>();
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String name = names.isEmpty() || sometimes(6) ? one(List.of("bogus", "", "%00", "fields[]")) : one(names);
            parts.add(name + "="
                    + encoded(sometimes(3) ? one(List.of("uuid", "1", "name", "desc", "true")) : one(TEXTS)));
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** A body like those the schema describes, and unlike them. */
    byte[] body(JsonNode schema) {
        return switch (random.nextInt(12)) {
            case 0 -> new byte[] {'{', '"', (byte) 0xc3, '(', '"', ':', '1', '}'};
            case 1 -> bytes("[".repeat(200) + "]".repeat(200));
            case 2 -> bytes("{\"a\":".repeat(100) + "1" + "}".repeat(100));
            case 3 -> bytes(value());
            case 4 -> bytes("{\"a\": 1, \"a\": 2}");
            case 5 -> bytes("");
            default -> bytes(schema.path("$ref").asText().endsWith("JsonPatch") ? patch() : object(schema));
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private String object(JsonNode schema) {
        List<String> names = new ArrayList<>();
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        names.removeIf(each -> sometimes(3));
        if (sometimes(5)) {
            names.add("bogus");
        }
        return names.stream()
                .map(name -> "\"" + name + "\": " + (sometimes(4) ? likely(name) : value()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** What goes further than a value that is refused at once. */
    private String likely(String name) {
        return switch (name) {
            case "driver" -> "\"fake-hardware\"";
            case "node", "node_uuid" -> "\"n1\"";
            case "target" ->
                "\""
                        + one(List.of(
                                "manage", "provide", "clean", "power on", "active", "rescue", "abort", "uefi", "none"))
                        + "\"";
            case "steps", "clean_steps", "service_steps" -> "[{\"interface\": \"deploy\", \"step\": " + value() + "}]";
            case "address" -> "\"52:54:00:00:00:" + (10 + random.nextInt(89)) + "\"";
            default -> "\"" + name + "\"";
        };
    }

    private String patch() {
        String path = one(List.of(
                "/name",
                "/extra/a",
                "/extra",
                "/",
                "",
                "/driver_info/a/b",
                "/uuid",
                "/properties/-",
                "a",
                "/~2",
                "/instance_info",
                "/traits/0",
                "/owner",
                "/address",
                "/extra/" + "a/".repeat(60)));
        String op = one(List.of("add", "replace", "remove", "move", "test", "copy", "bogus"));
        return "[{\"op\": \"" + op + "\", \"path\": \"" + path + "\", \"value\": " + value() + "}]";
    }
}

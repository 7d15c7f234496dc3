package io.ferric.rest;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

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
            "525400123456",
            "52:54:00:12:34:56:78:9a",
            "０x52:54:00:12:34:56",
            "FE-80-00-00-00-01",
            "%s%s%n{0}",
            "${jndi:ldap://127.0.0.1/a}",
            "<script>alert(1)</script>",
            "a\\r\\nX-Injected: 1",
            "1970-01-01T00:00:00Z",
            "9999999999-99-99T99:99:99Z",
            "/",
            "http://[::1",
            "file:///etc/passwd",
            "NaN",
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
            "-0",
            "1e999999999",
            "123456789012345678901234567890",
            "2147483648",
            "0.1e-400",
            "3.14",
            "9223372036854775808",
            "[]",
            "{}",
            "[null]",
            "[[[]]]",
            "{\"a\": null}",
            "{\"\": {}}",
            "{\"a\\u0000b\": 1}",
            "{\"\\ud83d\\ude00\": \"\\ud800\"}",
            "[[\"a\"], {\"b\": [{}]}]",
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
            "%c0%af",
            "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
            "..%2f..%2f",
            "%2500",
            "%zz",
            "%",
            "%0d%0aX-Injected:%201",
            "%u0041",
            "a%2fb",
            "a//b",
            "%e2%80%ae",
            "CUSTOM_" + "X".repeat(300),
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
    /** Of a JSON patch. */
    private static final List<String> POINTERS = List.of(
            "",
            "/",
            "//",
            "/NAME/",
            "/NAME/a",
            "/NAME/a/b",
            "/NAME//b",
            "/a//b",
            "/NAME/-",
            "/-",
            "/NAME/0",
            "/NAME/-1",
            "/NAME/~0",
            "/NAME/~1",
            "/NAME/~01",
            "/NAME/~2",
            "/NAME/~",
            "/~0",
            "/~1",
            "NAME",
            "/NAME/99999999999999999999",
            "/NAME/ ",
            "/NAME/\\u0000",
            "/NAME/\\ud800",
            "/NAME/%2f",
            "/NAME/" + "a/".repeat(60),
            "/NAME/" + "a/".repeat(20_000));

    private static final List<String> VERSIONS = List.of(
            "latest",
            "latest",
            "latest",
            "1.1",
            "1.30",
            "1.52",
            "1.82",
            "1.93",
            "1.9999",
            "2.0",
            "0",
            "abc",
            "1.-1",
            "1.1.1",
            "",
            "-1.-1",
            "1.99999999999999999999",
            "baremetal 1.82",
            "LATEST",
            "1,2",
            "1.82, 1.1",
            "\u00ff");
    private static final List<String> TYPES = List.of(
            "text/plain",
            "application/json; charset=utf-16",
            "application/json; charset=nosuch",
            "application/json;;;=",
            "garbage",
            "multipart/form-data",
            "application/x-www-form-urlencoded",
            "application/xml");
    private static final List<String> ODD_HEADERS = List.of(
            "Accept: text/html",
            "Accept: */*;q=abc",
            "Accept: ,;/",
            "Content-Encoding: gzip",
            "X-OpenStack-Request-ID: " + "r".repeat(300),
            "X-HTTP-Method-Override: BREW",
            "OpenStack-API-Version: baremetal 1.82",
            "OpenStack-API-Version: compute 2.1",
            "OpenStack-API-Version: baremetal x",
            "X-Forwarded-Host: \u00e4",
            "X-Forwarded-Proto: gopher",
            "Accept-Language: ;q=",
            "Accept-Charset: nosuch",
            "Accept-Encoding: identity;q=0",
            "If-Match: x",
            // no Expect: Jetty closes the connection without a word where it does not know what is expected
            "Range: bytes=9-1");

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
        return sometimes(4) ? one(VERSIONS) : "latest";
    }

    String segment(String usual) {
        return sometimes(8) ? one(SEGMENTS) : usual;
    }

    /** Any JSON value, as text. */
    String value() {
        return sometimes(2) ? "\"" + one(TEXTS) + "\"" : one(VALUES);
    }

    String query(List<String> names) {
        List<String> parts = new ArrayList<>();
        int count = sometimes(2) ? 0 : 1 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            String name = names.isEmpty() || sometimes(12) ? one(List.of("bogus", "", "%00", "fields[]")) : one(names);
            parts.add(name + "="
                    + encoded(sometimes(3) ? one(List.of("uuid", "1", "name", "desc", "true")) : one(TEXTS)));
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }

    private static String encoded(String text) {
        return java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    }

    /** Lines of a request's head that nobody should send, or none. */
    String oddHeaders() {
        return sometimes(15) ? one(ODD_HEADERS) + "\r\n" : "";
    }

    String contentType() {
        return sometimes(30) ? one(TYPES) : "application/json";
    }

    /** A body like those with these properties, or a patch of them, and unlike them. */
    byte[] body(List<String> names, boolean patch) {
        return switch (random.nextInt(400)) {
            case 0 -> bytes("{\"a\": \"" + "z".repeat(6 << 20) + "\"}");
            case 1 -> bytes("[".repeat(100_000));
            case 2 -> bytes("{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000));
            case 3 -> bytes("[" + "{},".repeat(50_000) + "{}]");
            case 4 -> bytes("{\"extra\": " + "[".repeat(900) + "]".repeat(900) + "}");
            default -> smaller(names, patch);
        };
    }

    private byte[] smaller(List<String> names, boolean patch) {
        return switch (random.nextInt(24)) {
            case 0 -> new byte[] {'{', '"', (byte) 0xc3, '(', '"', ':', '1', '}'};
            case 1 -> bytes("[".repeat(200) + "]".repeat(200));
            case 2 -> bytes("{\"a\":".repeat(100) + "1" + "}".repeat(100));
            case 3 -> bytes(value());
            case 4 -> bytes("{\"a\": 1, \"a\": 2}");
            case 5 -> bytes("");
            case 6 -> new byte[] {(byte) 0xff, (byte) 0xfe, '{', 0, '}', 0};
            case 7 -> bytes("\ufeff{}");
            case 8 -> bytes("{} {}");
            case 9 -> new byte[] {'{', '"', 'a', '"', ':', '"', 0, '"', '}'};
            default -> bytes(patch ? patches(names) : object(names));
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private String object(List<String> all) {
        List<String> names = new ArrayList<>(all);
        int share = 1 + random.nextInt(6);
        names.removeIf(each -> !sometimes(share));
        if (sometimes(5)) {
            names.add(one(List.of("bogus", "", "\\u0000", "uuid", "__proto__")));
        }
        return names.stream()
                .map(name -> "\"" + name + "\": " + (sometimes(2) ? likely(name) : value()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** What goes further than a value that is refused at once. */
    private String likely(String name) {
        return switch (name) {
            case "driver" -> "\"fake-hardware\"";
            case "node", "node_uuid" -> "\"n" + random.nextInt(3) + "\"";
            case "target" ->
                "\""
                        + one(List.of(
                                "manage", "provide", "clean", "power on", "active", "rescue", "abort", "uefi", "none"))
                        + "\"";
            case "steps", "clean_steps", "service_steps", "deploy_steps" ->
                "[{\"interface\": \"deploy\", \"step\": " + value() + ", \"args\": " + value() + "}]";
            case "address" -> "\"52:54:00:00:00:" + (10 + random.nextInt(89)) + "\"";
            case "events" -> "[{\"event\": \"network.bind_port\", \"port_id\": " + value() + "}]";
            case "driver_info", "instance_info" -> "{\"ilo_password\": \"" + FuzzWorld.SECRET + "\"}";
            case "rescue_password" -> "\"" + FuzzWorld.SECRET + "\"";
            case "properties", "extra" -> "{\"a\": " + value() + "}";
            case "persistent", "enabled", "is_smartnic", "pxe_enabled" -> "true";
            case "uuid" -> "\"" + FuzzWorld.fresh() + "\"";
            default -> "\"" + name + "\"";
        };
    }

    private String patches(List<String> names) {
        return IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(i -> patch(names))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private String patch(List<String> names) {
        String name = sometimes(3) ? one(List.of("extra", "driver_info", "properties", "")) : one(names);
        String op = sometimes(4)
                ? one(List.of("\"move\"", "\"test\"", "\"copy\"", "\"bogus\"", "\"ADD\"", "null", "5", "{}"))
                : "\"" + one(List.of("add", "replace", "remove")) + "\"";
        String path = sometimes(30) ? value() : "\"" + pointer(name) + "\"";
        String from = sometimes(4) ? ", \"from\": \"" + pointer(one(names)) + "\"" : "";
        String value = sometimes(6) ? "" : ", \"value\": " + (sometimes(2) ? likely(name) : value());
        return sometimes(40) ? value() : "{\"op\": " + op + ", \"path\": " + path + from + value + "}";
    }

    private String pointer(String name) {
        return sometimes(3) ? one(POINTERS).replace("NAME", name) : "/" + name;
    }
}

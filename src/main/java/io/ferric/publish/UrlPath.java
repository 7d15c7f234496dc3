package io.ferric.publish;

import java.nio.charset.StandardCharsets;

/** Percent-encoding of a path: everything but the unreserved characters of RFC 3986 section 2.3 and the slash. */
final class UrlPath {
    private static final String PLAIN = "-._~/";

    private UrlPath() {}

    static String encode(String path) {
        StringBuilder encoded = new StringBuilder(path.length() + 16);
        for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xFF);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (plain || PLAIN.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}

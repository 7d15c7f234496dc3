package io.ferric.iscsi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The {@code key=value} text of login requests and responses (RFC 7143 section 6.1). */
final class TextKeys {
    private static final int MAX_KEYS = 128;

    private TextKeys() {}

    /** Every pair ended by a NUL. */
    static byte[] encode(Map<String, String> keys) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> key : keys.entrySet()) {
            text.append(key.getKey()).append('=').append(key.getValue()).append('\0');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Pairs in the order sent. Refuses text without "=", and more keys than any target has reason to send. */
    static Map<String, String> decode(ByteBuffer text) throws IscsiException {
        Map<String, String> keys = new LinkedHashMap<>();
        String all = StandardCharsets.UTF_8.decode(text).toString();
        int start = 0;
        while (start < all.length()) {
            int end = all.indexOf('\0', start);
            String pair = all.substring(start, end < 0 ? all.length() : end);
            start += pair.length() + 1;
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals <= 0 || keys.size() == MAX_KEYS) {
                throw new IscsiException("protocol error: login text of the target is not key=value");
            }
            keys.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return keys;
    }
}

package io.ferric.lab.iscsi;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The text format of login and text requests: {@code key=value}, each ended by a zero byte (RFC 7143, section 6.1). */
final class TextKeys {
    private TextKeys() {}

    static Map<String, String> parse(String text) throws ProtocolException {
        Map<String, String> keys = new LinkedHashMap<>();
        for (String pair : text.split("\0")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty() && equals < 1) {
                throw new ProtocolException("a text segment without a key");
            }
            if (!pair.isEmpty() && keys.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
                throw new ProtocolException("the key " + pair.substring(0, equals) + " comes twice");
            }
        }
        return keys;
    }

    static ByteBuffer format(Map<String, String> keys) {
        String text = keys.entrySet().stream()
                .map(key -> key.getKey() + "=" + key.getValue() + "\0")
                .collect(Collectors.joining());
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }
}

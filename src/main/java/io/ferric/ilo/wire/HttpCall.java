package io.ferric.ilo.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One HTTP request to an iLO. Host, Content-Length and Connection are added when it is sent.
 *
 * @param path begins with a slash
 * @param body empty for a request without one
 */
public record HttpCall(String method, String path, Map<String, String> headers, byte[] body) {
    public HttpCall {
        headers = Map.copyOf(headers);
    }

    public static HttpCall get(String path) {
        return new HttpCall("GET", path, Map.of(), new byte[0]);
    }

    public static HttpCall delete(String path) {
        return new HttpCall("DELETE", path, Map.of(), new byte[0]);
    }

    /** @param method {@code POST} or {@code PATCH} */
    public static HttpCall of(String method, String path, String contentType, String body) {
        return new HttpCall(method, path, Map.of("Content-Type", contentType), body.getBytes(StandardCharsets.UTF_8));
    }

    public HttpCall with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpCall(method, path, more, body);
    }

    /** The same for another place, as a redirection asks. */
    public HttpCall to(String otherPath) {
        return new HttpCall(method, otherPath, headers, body);
    }

    /** Without headers and body, which hold secrets. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}

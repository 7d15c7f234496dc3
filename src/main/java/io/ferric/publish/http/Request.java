package io.ferric.publish.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The head of a request.
 *
 * @param target as sent, but without scheme and authority when it was an absolute URL
 * @param headers names in lower case; lines of the same name joined by a comma
 * @param client the address of the other end, without port
 */
public record Request(String method, String target, boolean http11, Map<String, String> headers, String client) {
    public Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }

    boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether the connection may serve another request after this one (RFC 9112 section 9.3). */
    boolean keepsAlive() {
        String connection = header("connection").orElse("").toLowerCase(Locale.ROOT);
        boolean wanted = http11 ? !connection.contains("close") : connection.contains("keep-alive");
        return wanted && !hasBody();
    }

    private boolean hasBody() {
        return headers.containsKey("transfer-encoding")
                || !header("content-length").orElse("0").equals("0");
    }
}

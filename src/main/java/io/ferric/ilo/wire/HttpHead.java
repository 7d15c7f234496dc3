package io.ferric.ilo.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The head of a request as it is sent. Paths and header values may come from an iLO, so whatever could end a line and
 * begin a request of its own is refused. Source: RFC 9112 sections 2 and 3.
 */
final class HttpHead {
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    private static final Pattern PATH = Pattern.compile("/[\\x21-\\x7e]{0,4000}");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e\\xa0-\\xff]{0,8000}");
    private static final int HTTPS = 443;

    private HttpHead() {}

    /** @throws BrokenAnswer when a part holds what cannot be sent */
    static byte[] of(HttpCall call, IloAccess access) throws BrokenAnswer {
        check(TOKEN, call.method(), "method");
        check(PATH, call.path(), "path");
        StringBuilder head = new StringBuilder();
        head.append(call.method()).append(' ').append(call.path()).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(host(access)).append("\r\n");
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            check(TOKEN, header.getKey(), "header name");
            check(VALUE, header.getValue(), "header " + header.getKey());
            head.append(header.getKey()).append(": ").append(header.getValue()).append("\r\n");
        }
        if (call.body().length > 0 || !"GET".equals(call.method())) {
            head.append("Content-Length: ").append(call.body().length).append("\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    static boolean asksToClose(HttpCall call) {
        return call.headers().entrySet().stream()
                .anyMatch(header -> header.getKey().equalsIgnoreCase("Connection")
                        && header.getValue().equalsIgnoreCase("close"));
    }

    /** The zone of an IPv6 address is this host's own affair. */
    private static String host(IloAccess access) {
        String authority = access.authority().replaceFirst("%[^\\]]*+]", "]");
        return access.port() == HTTPS ? authority.substring(0, authority.lastIndexOf(':')) : authority;
    }

    /** The value is not shown: headers hold secrets. */
    private static void check(Pattern allowed, String text, String what) throws BrokenAnswer {
        if (!allowed.matcher(text).matches()) {
            throw new BrokenAnswer("a " + what + " that cannot be sent in a request");
        }
    }
}

package io.ferric.node;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Hides secrets in what is shown: values whose key names a secret, and user information and signatures inside URLs.
 * Source: the masking rules of Ironic's REST API and CVE-2016-4985.
 */
public final class Masking {
    /** What is shown instead of a secret, as Ironic does; written back by a client it changes nothing. */
    public static final String STARS = "******";

    private static final List<String> SECRET_WORDS = List.of(
            "password",
            "passwd",
            "passphrase",
            "secret",
            "token",
            "deploy_key",
            "private_key",
            "auth_key",
            "chap_key",
            "configdrive");
    private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+@");
    private static final Pattern QUERY_SIGNATURE = Pattern.compile(
            "((?:temp_url_sig|signature|sig|x-amz-signature|token)=)[^&\\s'\"]+", Pattern.CASE_INSENSITIVE);
    /** Any parameter of a query whose name says that it opens something, in the ways of the clouds there are. */
    private static final Pattern QUERY_SECRET = Pattern.compile(
            "([?&][^=&?\\s'\"]*(?:sig|token|key|credential|secret|passw|auth|policy)[^=&?\\s'\"]*=)[^&\\s'\"]+",
            Pattern.CASE_INSENSITIVE);
    /** The path of the built-in image server: {@code /<name>/<expiry>/<signature>.iso}. */
    private static final Pattern PATH_SIGNATURE =
            Pattern.compile("(/[\\w-]{12}/[0-9a-z]{1,9}[\\w-]{4}/)[\\w-]{22}(?=\\.|\\b)");

    private Masking() {}

    /** Whether a value under this key must not be shown. */
    public static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        for (String word : SECRET_WORDS) { // no stream: every key of every answer comes here
            if (lower.contains(word)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The values with secret ones replaced by {@link #STARS} and URLs cleaned, at every depth: a copy, or the values
     * themselves when nothing in them is to be hidden.
     */
    public static Map<String, Object> mask(Map<String, Object> info) {
        Map<String, Object> masked = info;
        for (Map.Entry<String, Object> each : info.entrySet()) {
            Object shown = isSecret(each.getKey()) ? STARS : maskValue(each.getValue());
            if (shown != each.getValue()) {
                masked = masked == info ? new LinkedHashMap<>(info) : masked;
                masked.put(each.getKey(), shown);
            }
        }
        return masked;
    }

    /** The text with user information and signatures of any URL in it hidden. */
    public static String text(String text) {
        if (text.indexOf('/') < 0 && text.indexOf('=') < 0) {
            return text; // neither a URL nor a query
        }
        String withoutUsers = USER_INFO.matcher(text).replaceAll("***@");
        String withoutQueries = QUERY_SIGNATURE.matcher(withoutUsers).replaceAll("$1***");
        String withoutSecrets = QUERY_SECRET.matcher(withoutQueries).replaceAll("$1***");
        return PATH_SIGNATURE.matcher(withoutSecrets).replaceAll("$1***");
    }

    private static Object maskValue(Object value) {
        if (value instanceof String text) { // first, as most are
            return text(text);
        }
        if (value instanceof Number || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> inner = new LinkedHashMap<>();
            map.forEach((key, each) -> inner.put(String.valueOf(key), each));
            return mask(inner);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Masking::maskValue).toList();
        }
        return value;
    }
}

package io.ferric.publish;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes and checks the paths of {@link LocalPublisher}: {@code <id>/<expiry><nonce>/<signature><suffix>}, 47 to 51
 * characters with {@code .img} or {@code .iso}.
 *
 * <p>The id stands for the object's name, the expiry is in seconds to the base of 36, the nonce makes each URL unlike every
 * other, and the signature is HMAC-SHA256 of all of them, cut to 132 bits (RFC 2104 section 5 allows half). It is the
 * characters that are signed and compared, so that no two spellings of one URL are good. Safe for use by many threads.
 */
final class UrlSigner {
    private static final Pattern PATH =
            Pattern.compile("(?<id>[\\w-]{12})/(?<ticket>(?<expires>[0-9a-z]{1,9})[\\w-]{4})/(?<signature>[\\w-]{22})"
                    + "(?<suffix>\\.[A-Za-z0-9]{1,8})?");
    private static final int ID_LENGTH = 12;
    private static final int NONCE_LENGTH = 4;
    private static final int SIGNATURE_LENGTH = 22;

    private final byte[] key;
    private final SecureRandom random;

    UrlSigner(byte[] key, SecureRandom random) {
        this.key = key.clone();
        this.random = random;
    }

    /** A path as somebody asked for it. */
    record Ticket(String id, Instant expires, String signature, boolean genuine) {}

    /** What stands for a name in URLs; it does not betray the name. */
    String id(String name) {
        return hmac("name\n" + name).substring(0, ID_LENGTH);
    }

    /** A path without leading slash; {@code expires} counts to the second. */
    String path(String name, Instant expires) {
        byte[] nonce = new byte[NONCE_LENGTH];
        random.nextBytes(nonce);
        String ticket = Long.toString(expires.getEpochSecond(), 36)
                + Base64.getUrlEncoder().encodeToString(nonce).substring(0, NONCE_LENGTH);
        String id = id(name);
        String suffix = ObjectName.suffix(name);
        return id + "/" + ticket + "/" + signature(id, ticket, suffix) + suffix;
    }

    /** Takes a path apart and tells whether we signed it; empty when it does not even look so. */
    Optional<Ticket> check(String path) {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String suffix = Optional.ofNullable(matcher.group("suffix")).orElse("");
        String right = signature(matcher.group("id"), matcher.group("ticket"), suffix);
        String given = matcher.group("signature");
        boolean genuine = MessageDigest.isEqual(octets(right), octets(given));
        Instant expires = Instant.ofEpochSecond(Long.parseLong(matcher.group("expires"), 36));
        return Optional.of(new Ticket(matcher.group("id"), expires, given, genuine));
    }

    private String signature(String id, String ticket, String suffix) {
        return hmac("url\n" + id + "/" + ticket + "/" + suffix).substring(0, SIGNATURE_LENGTH);
    }

    private String hmac(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(octets(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java lacks HmacSHA256", e);
        }
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package io.ferric.publish;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs URLs the way the TempURL middleware of Swift, and Ceph RGW, checks them: the HMAC of method, expiry and the
 * unencoded path, in hex; with an {@code ip=} line before them when only some addresses may use it.
 *
 * <p>Source: OpenStack Swift, "TempURL middleware".
 */
public final class TempUrl {
    private TempUrl() {}

    /** The digests that Swift knows. */
    public enum Digest {
        SHA1("HmacSHA1"),
        SHA256("HmacSHA256"),
        SHA512("HmacSHA512");

        private final String algorithm;

        Digest(String algorithm) {
            this.algorithm = algorithm;
        }

        /** The name in {@code /info}, as {@code sha256}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The digest to sign with, judged by what {@code /info} says: sha256 before sha512 before sha1 of those listed;
         * sha256 when there is no {@code /info}; sha1 when there is one that lists none, which is how old Swift and Ceph
         * RGW answer.
         *
         * @param allowed as {@link SwiftInfo#tempUrlDigests}; empty when there is no {@code /info}
         */
        public static Optional<Digest> choose(Optional<List<String>> allowed) {
            if (allowed.isEmpty()) {
                return Optional.of(SHA256);
            }
            if (allowed.get().isEmpty()) {
                return Optional.of(SHA1);
            }
            return List.of(SHA256, SHA512, SHA1).stream()
                    .filter(digest -> allowed.get().contains(digest.wireName()))
                    .findFirst();
        }
    }

    /**
     * What a signature covers besides one object and everybody.
     *
     * @param ipRange an address or a network, as {@code 10.1.0.0/24}: only from there may the URL be used. Swift since
     *     2.20; not Ceph RGW
     * @param prefix also whatever has the object's whole name as the beginning of its own, for BMCs that append to the URL.
     *     Swift since 2.12
     */
    public record Scope(Optional<String> ipRange, boolean prefix) {
        public Scope {
            ipRange.ifPresent(IpRange::check);
        }

        /** One object, from everywhere. */
        public static Scope object() {
            return new Scope(Optional.empty(), false);
        }

        public Scope withIpRange(String range) {
            return new Scope(Optional.of(range), prefix);
        }

        public Scope withPrefix(boolean wanted) {
            return new Scope(ipRange, wanted);
        }
    }

    /** Signs a GET (which covers HEAD) of one object for everybody; see the other {@code sign}. */
    public static SignedUrl sign(URI storageUrl, String container, String name, SigningKey key, Instant expires) {
        return sign(storageUrl, container + "/" + name, key, expires, Scope.object());
    }

    /**
     * Signs a GET, which covers HEAD.
     *
     * @param storageUrl the account's URL, whose path Swift checks as it is, as {@code https://host:8080/v1/AUTH_0123} or,
     *     with Ceph RGW, {@code https://host/swift/v1}
     * @param object container and name with a slash between them, not encoded
     * @param key the account's or the container's TempURL key
     */
    public static SignedUrl sign(URI storageUrl, String object, SigningKey key, Instant expires, Scope scope) {
        String path = trimmed(storageUrl.getPath()) + "/" + object;
        long second = expires.getEpochSecond();
        String subject = "GET\n" + second + "\n" + (scope.prefix() ? "prefix:" : "") + path;
        String signature =
                signature(scope.ipRange().map(range -> "ip=" + range + "\n").orElse("") + subject, key);
        String name = object.substring(object.indexOf('/') + 1);
        URI uri = URI.create(storageUrl.getScheme() + "://" + storageUrl.getRawAuthority() + UrlPath.encode(path)
                + "?temp_url_sig=" + signature + "&temp_url_expires=" + second
                + (scope.prefix() ? "&temp_url_prefix=" + UrlPath.encode(name) : "")
                + scope.ipRange()
                        .map(range -> "&temp_url_ip_range=" + UrlPath.encode(range))
                        .orElse(""));
        return new SignedUrl(uri, Instant.ofEpochSecond(second));
    }

    /** A TempURL key and the digest to use it with; {@code toString} hides the key. */
    public record SigningKey(String key, Digest digest) {
        @Override
        public String toString() {
            return "SigningKey[***, " + digest.wireName() + "]";
        }
    }

    private static String signature(String text, SigningKey key) {
        try {
            Mac mac = Mac.getInstance(key.digest().algorithm);
            mac.init(new SecretKeySpec(key.key().getBytes(StandardCharsets.UTF_8), "RAW"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java lacks " + key.digest().algorithm, e);
        }
    }

    private static String trimmed(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}

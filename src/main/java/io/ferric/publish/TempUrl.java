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
 * unencoded path, in hex.
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
         * @param allowed as {@link ObjectStore#tempUrlDigests}
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
     * Signs a GET (which covers HEAD) of one object.
     *
     * @param storageUrl the account's URL, whose path Swift checks as it is, as {@code https://host:8080/v1/AUTH_0123}
     * @param key the account's or the container's TempURL key
     */
    public static SignedUrl sign(URI storageUrl, String container, String name, SigningKey key, Instant expires) {
        String account = trimmed(storageUrl.getPath());
        String path = account + "/" + container + "/" + name;
        String signature = signature(path, key, expires.getEpochSecond());
        URI uri = URI.create(storageUrl.getScheme() + "://" + storageUrl.getRawAuthority() + UrlPath.encode(path)
                + "?temp_url_sig=" + signature + "&temp_url_expires=" + expires.getEpochSecond());
        return new SignedUrl(uri, Instant.ofEpochSecond(expires.getEpochSecond()));
    }

    /** A TempURL key and the digest to use it with; {@code toString} hides the key. */
    public record SigningKey(String key, Digest digest) {
        @Override
        public String toString() {
            return "SigningKey[***, " + digest.wireName() + "]";
        }
    }

    private static String signature(String path, SigningKey key, long expires) {
        try {
            Mac mac = Mac.getInstance(key.digest().algorithm);
            mac.init(new SecretKeySpec(key.key().getBytes(StandardCharsets.UTF_8), "RAW"));
            byte[] text = ("GET\n" + expires + "\n" + path).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(mac.doFinal(text));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java lacks " + key.digest().algorithm, e);
        }
    }

    private static String trimmed(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}

package io.ferric.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * What an image's bytes must hash to.
 *
 * @param algorithm {@code md5}, {@code sha1}, {@code sha256}, {@code sha384} or {@code sha512}
 * @param hex the digest in lower-case hexadecimal
 */
public record Checksum(String algorithm, String hex) {
    private static final int BUFFER = 256 * 1024;

    private static final Map<String, Algorithm> ALGORITHMS = Map.of(
            "md5", new Algorithm("MD5", 32, true),
            "sha1", new Algorithm("SHA-1", 40, true),
            "sha256", new Algorithm("SHA-256", 64, false),
            "sha384", new Algorithm("SHA-384", 96, false),
            "sha512", new Algorithm("SHA-512", 128, false));

    /** Bare digests whose length alone tells the algorithm, as Ironic reads {@code image_checksum}. */
    private static final Map<Integer, String> BY_LENGTH = Map.of(32, "md5", 64, "sha256", 128, "sha512");

    private record Algorithm(String javaName, int hexLength, boolean weak) {}

    public Checksum {
        algorithm = algorithm.toLowerCase(Locale.ROOT);
        hex = hex.toLowerCase(Locale.ROOT);
        if (!ALGORITHMS.containsKey(algorithm)) {
            throw new IllegalArgumentException("checksum algorithm '" + algorithm
                    + "' is unknown; use sha256 or sha512 (md5, sha1, sha384 are known)");
        }
        int length = ALGORITHMS.get(algorithm).hexLength();
        if (!hex.matches("[0-9a-f]{" + length + "}")) {
            throw new IllegalArgumentException("checksum '" + hex + "' is no " + algorithm + " digest, which has "
                    + length + " hexadecimal digits");
        }
    }

    /**
     * Reads {@code sha256:<hex>}, or a bare digest of 32 (md5), 64 (sha256) or 128 (sha512) hexadecimal digits.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Checksum parse(String text) {
        String trimmed = text.strip();
        int colon = trimmed.indexOf(':');
        if (colon >= 0) {
            return new Checksum(trimmed.substring(0, colon), trimmed.substring(colon + 1));
        }
        String algorithm = BY_LENGTH.get(trimmed.length());
        if (algorithm == null) {
            throw new IllegalArgumentException("checksum '" + trimmed + "' has " + trimmed.length()
                    + " characters; use 64 (sha256), 128 (sha512) or 32 (md5), or write algorithm:digest");
        }
        return new Checksum(algorithm, trimmed);
    }

    /** Hashes a regular file, as a stream. */
    public static Checksum of(Path file, String algorithm) throws IOException {
        ImageFiles.regularSize(file);
        MessageDigest digest = newDigest(algorithm);
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
        return new Checksum(algorithm, HexFormat.of().formatHex(digest.digest()));
    }

    /** Whether the algorithm no longer protects against a forged image: md5 and sha1. */
    public boolean weak() {
        return ALGORITHMS.get(algorithm).weak();
    }

    /** A fresh digest of this checksum's algorithm, to be fed while bytes pass by. */
    public MessageDigest newDigest() {
        return newDigest(algorithm);
    }

    /** Whether a finished digest is this one. */
    public boolean matches(byte[] digest) {
        return MessageDigest.isEqual(digest, HexFormat.of().parseHex(hex));
    }

    /** The form {@link #parse} reads. */
    @Override
    public String toString() {
        return algorithm + ":" + hex;
    }

    private static MessageDigest newDigest(String name) {
        Algorithm algorithm = ALGORITHMS.get(name.toLowerCase(Locale.ROOT));
        if (algorithm == null) {
            throw new IllegalArgumentException("checksum algorithm '" + name + "' is unknown; use sha256 or sha512");
        }
        try {
            return MessageDigest.getInstance(algorithm.javaName());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java lacks " + algorithm.javaName(), e);
        }
    }
}

package io.ferric.publish;

import java.util.Optional;

/**
 * How {@link SwiftApi} signs URLs, cuts large files and tries again.
 *
 * @param tempUrlKey the key to sign with; empty to take the account's, else the container's
 * @param tempUrlDigest the digest to sign with; empty to choose by what {@code GET /info} allows
 * @param keyCreation where to make a key when there is none
 * @param tempUrlScope what signed URLs are limited or widened to
 * @param segmentSize files longer than this, in bytes, go up in pieces of this size, which together look like one object
 * @param maxRetries how often a request is tried again after a 408, 429, 5xx or a lost connection
 */
public record SwiftOptions(
        Optional<String> tempUrlKey,
        Optional<TempUrl.Digest> tempUrlDigest,
        KeyCreation keyCreation,
        TempUrl.Scope tempUrlScope,
        long segmentSize,
        int maxRetries) {

    /** Where a TempURL key is made when neither account nor container has one. */
    public enum KeyCreation {
        NEVER,
        ACCOUNT,
        CONTAINER
    }

    public SwiftOptions {
        if (segmentSize < 1 || maxRetries < 0) {
            throw new IllegalArgumentException(
                    "segmentSize must be positive, maxRetries not negative: " + segmentSize + ", " + maxRetries);
        }
    }

    /** The key that is there, a digest the server allows, one object, segments of 1 GiB, two retries. */
    public static SwiftOptions defaults() {
        return new SwiftOptions(
                Optional.empty(), Optional.empty(), KeyCreation.NEVER, TempUrl.Scope.object(), 1L << 30, 2);
    }

    public SwiftOptions withTempUrlKey(String key) {
        return new SwiftOptions(Optional.of(key), tempUrlDigest, keyCreation, tempUrlScope, segmentSize, maxRetries);
    }

    public SwiftOptions withTempUrlDigest(TempUrl.Digest digest) {
        return new SwiftOptions(tempUrlKey, Optional.of(digest), keyCreation, tempUrlScope, segmentSize, maxRetries);
    }

    public SwiftOptions withKeyCreation(KeyCreation where) {
        return new SwiftOptions(tempUrlKey, tempUrlDigest, where, tempUrlScope, segmentSize, maxRetries);
    }

    public SwiftOptions withTempUrlScope(TempUrl.Scope scope) {
        return new SwiftOptions(tempUrlKey, tempUrlDigest, keyCreation, scope, segmentSize, maxRetries);
    }

    public SwiftOptions withSegmentSize(long bytes) {
        return new SwiftOptions(tempUrlKey, tempUrlDigest, keyCreation, tempUrlScope, bytes, maxRetries);
    }

    public SwiftOptions withMaxRetries(int retries) {
        return new SwiftOptions(tempUrlKey, tempUrlDigest, keyCreation, tempUrlScope, segmentSize, retries);
    }

    @Override
    public String toString() {
        return "SwiftOptions[tempUrlKey=" + tempUrlKey.map(key -> "***") + ", tempUrlDigest=" + tempUrlDigest
                + ", keyCreation=" + keyCreation + ", tempUrlScope=" + tempUrlScope + ", segmentSize=" + segmentSize
                + ", maxRetries=" + maxRetries + "]";
    }
}

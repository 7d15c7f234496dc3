package io.ferric.publish;

import java.util.Optional;

/**
 * How {@link SwiftApi} signs URLs.
 *
 * @param tempUrlKey the key to sign with; empty to ask the account for its {@code X-Account-Meta-Temp-Url-Key}
 * @param tempUrlDigest the digest to sign with; empty to choose by what {@code GET /info} allows
 */
public record SwiftOptions(Optional<String> tempUrlKey, Optional<TempUrl.Digest> tempUrlDigest) {
    /** The account's own key, and a digest the server allows. */
    public static SwiftOptions defaults() {
        return new SwiftOptions(Optional.empty(), Optional.empty());
    }

    public SwiftOptions withTempUrlKey(String key) {
        return new SwiftOptions(Optional.of(key), tempUrlDigest);
    }

    public SwiftOptions withTempUrlDigest(TempUrl.Digest digest) {
        return new SwiftOptions(tempUrlKey, Optional.of(digest));
    }

    @Override
    public String toString() {
        return "SwiftOptions[tempUrlKey=" + tempUrlKey.map(key -> "***") + ", tempUrlDigest=" + tempUrlDigest + "]";
    }
}

package io.ferric.publish;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The few requests that {@link GlanceImages} makes of Glance (API v2) and of the Swift behind it, so that a test can put a
 * mock in place of the network. Safe for use by many threads; {@link IOException} when a service cannot be reached, and one
 * that knows the status when it answers with another than success.
 */
public interface ImageCatalog {
    /** {@code GET /v2/images/<uuid>}: all attributes by name, as JSON says them. */
    Map<String, String> image(String uuid) throws IOException;

    /**
     * {@code GET /v2/images/<uuid>/file}, by {@code Range} from an offset on where Glance's store can do that, else from the
     * start: what comes says where it begins.
     */
    Content content(String uuid, long offset) throws IOException;

    /** Swift's URL in the catalogue, as {@code https://swift.example.org/v1/AUTH_0123}. */
    URI objectStoreUrl() throws IOException;

    /**
     * What {@code GET /info} of a Swift says of TempURL digests; as {@link SwiftInfo#tempUrlDigests}.
     *
     * @param endpoint without the API version
     */
    Optional<List<String>> tempUrlDigests(URI endpoint) throws IOException;

    /** How far the clock of that Swift is ahead of ours, as its answers told so far; negative when it is behind. */
    default Duration swiftAhead() {
        return Duration.ZERO;
    }

    /** The status that HEAD of a signed URL answers; sent without token. */
    int head(URI signedUrl) throws IOException;

    /**
     * The bytes of an image, to be closed by the caller.
     *
     * @param start the place of the first of them in the image
     * @param length how many will come, if that is announced
     */
    record Content(InputStream stream, long start, OptionalLong length) {}
}

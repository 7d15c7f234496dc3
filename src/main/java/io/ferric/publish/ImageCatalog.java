package io.ferric.publish;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/**
 * The two requests that {@link GlanceImages} makes of Glance (API v2), so that a test can put a mock in place of the
 * network. Safe for use by many threads; {@link IOException} when Glance cannot be reached or answers with an unexpected
 * status.
 */
public interface ImageCatalog {
    /** {@code GET /v2/images/<uuid>}: all attributes by name, as JSON says them; empty for 404 and 403. */
    Optional<Map<String, String>> image(String uuid) throws IOException;

    /** {@code GET /v2/images/<uuid>/file}: the content, to be closed by the caller; empty for 404, 403 and 204. */
    Optional<InputStream> content(String uuid) throws IOException;
}

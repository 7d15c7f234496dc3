package io.ferric.rest.common;

import io.ferric.rest.data.Link;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;

/** Makes the links of one answer, which begin with the address the client called. */
public record Links(URI base) {
    public static Links of(UriInfo request) {
        return new Links(request.getBaseUri());
    }

    /** The address of a resource below {@code /v1}; each part is one segment of the path. */
    public URI uri(String... parts) {
        UriBuilder uri = UriBuilder.fromUri(base).path("v1");
        for (String part : parts) {
            uri.segment(part);
        }
        return uri.build();
    }

    /** The usual pair: the resource itself, and the same without a version. */
    public List<Link> pair(String... parts) {
        UriBuilder bookmark = UriBuilder.fromUri(base);
        for (String part : parts) {
            bookmark.segment(part);
        }
        return List.of(
                new Link(uri(parts).toString(), "self"),
                new Link(bookmark.build().toString(), "bookmark"));
    }
}

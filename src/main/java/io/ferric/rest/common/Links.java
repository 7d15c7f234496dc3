package io.ferric.rest.common;

import io.ferric.rest.data.Link;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;

/** Makes the links of one answer, which begin with the address the client called. */
public record Links(URI base) {
    /** What stands in a path as it is; nearly all parts are UUIDs and names of collections. */
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]*");

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
        StringBuilder path = new StringBuilder();
        for (String part : parts) {
            path.append('/').append(PLAIN.matcher(part).matches() ? part : encoded(part));
        }
        String root = withoutSlash(base.toString());
        return List.of(new Link(root + "/v1" + path, "self"), new Link(root + path, "bookmark"));
    }

    /** The pair of what holds others: the addresses end in a slash, as Ironic's do. */
    public List<Link> ofCollection(String... parts) {
        return pair(parts).stream()
                .map(link -> new Link(link.href() + "/", link.rel()))
                .toList();
    }

    private static String encoded(String part) {
        return UriBuilder.fromPath("").segment(part).build().getRawPath().replaceFirst("^/", "");
    }

    private static String withoutSlash(String uri) {
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }
}

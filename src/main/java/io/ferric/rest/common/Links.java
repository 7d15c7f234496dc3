package io.ferric.rest.common;

import io.ferric.rest.data.Link;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;

/** Makes the links of one answer, which begin with the address the client called. */
public final class Links {
    /** The characters that stand in a path as they are. */
    private static final boolean[] PLAIN = new boolean[128];

    static {
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-"
                .chars()
                .forEach(c -> PLAIN[c] = true);
    }

    private final URI base;
    private final String root;

    private Links(URI base) {
        this.base = base;
        this.root = withoutSlash(base.toString());
    }

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
        String[] segments = parts.clone();
        for (int i = 0; i < segments.length; i++) {
            segments[i] = isPlain(segments[i]) ? segments[i] : encoded(segments[i]);
        }
        String path = String.join("/", segments);
        return List.of(new Link(root + "/v1/" + path, "self"), new Link(root + "/" + path, "bookmark"));
    }

    /** The pairs of all things of this collection, or of what is below them. */
    public LinkTemplate template(String collection, String... below) {
        StringBuilder end = new StringBuilder();
        for (String part : below) {
            end.append('/').append(part);
        }
        return new LinkTemplate(root, collection, end.toString());
    }

    /** The pair of what holds others: the addresses end in a slash, as Ironic's do. */
    public List<Link> ofCollection(String... parts) {
        return pair(parts).stream()
                .map(link -> new Link(link.href() + "/", link.rel()))
                .toList();
    }

    /** Whether it stands in a path as it is, as UUIDs and names of collections do, which nearly all parts are. */
    private static boolean isPlain(String part) {
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c >= PLAIN.length || !PLAIN[c]) {
                return false;
            }
        }
        return true;
    }

    private static String encoded(String part) {
        return UriBuilder.fromPath("").segment(part).build().getRawPath().replaceFirst("^/", "");
    }

    private static String withoutSlash(String uri) {
        return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    }
}

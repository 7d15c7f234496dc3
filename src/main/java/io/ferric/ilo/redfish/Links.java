package io.ferric.ilo.redfish;

import io.ferric.ilo.wire.BrokenAnswer;
import io.ferric.ilo.wire.Words;
import java.net.URI;

/**
 * Where an iLO says something is, made fit to be asked of the same iLO: whatever host a link names, it is not looked at, so
 * that no token ever goes elsewhere.
 */
final class Links {
    private Links() {}

    /**
     * The path of a link, with its query.
     *
     * @throws BrokenAnswer when it leads outside {@code /redfish/}
     */
    static String path(String link) throws BrokenAnswer {
        URI uri = uri(link);
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/{2,}", "/");
        if (!path.startsWith("/redfish/") || path.contains("/../") || path.endsWith("/..")) {
            throw strange(link);
        }
        return path + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    private static URI uri(String link) throws BrokenAnswer {
        try {
            // "//redfish/v1/": seen on Gen10 with IPv6, would be taken for a host
            return URI.create(link.startsWith("//") ? link.substring(1) : link);
        } catch (IllegalArgumentException e) {
            throw strange(link);
        }
    }

    private static BrokenAnswer strange(String link) {
        return new BrokenAnswer("a link that leads outside /redfish/: '" + Words.shown(link) + "'");
    }
}

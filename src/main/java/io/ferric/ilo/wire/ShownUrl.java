package io.ferric.ilo.wire;

import java.net.URI;

/** URLs as they may be shown: which host and which file, but nothing by which the file could be fetched. */
public final class ShownUrl {
    private ShownUrl() {}

    /** Scheme, host, port and the last part of the path, such as {@code http://10.0.0.1:8089/.../boot.iso}. */
    public static String of(String url) {
        try {
            URI uri = URI.create(url.strip());
            String host = uri.getHost();
            if (host == null || uri.getRawPath() == null) {
                return "(a URL)";
            }
            String path = uri.getRawPath();
            String name = path.substring(path.lastIndexOf('/') + 1);
            return uri.getScheme() + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + "/.../" + name;
        } catch (IllegalArgumentException e) {
            return "(a URL)";
        }
    }
}

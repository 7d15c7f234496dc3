package io.ferric.ilo.wire;

import java.net.URI;
import java.util.regex.Pattern;

/** URLs as they may be shown: which host and which file, but nothing by which the file could be fetched. */
public final class ShownUrl {
    /** What our own publisher ends its URLs with: a signature of 132 bits. */
    private static final Pattern SIGNATURE = Pattern.compile("^[\\w-]{22}(?=$|\\.\\w{1,4}$)");

    private ShownUrl() {}

    /**
     * Scheme, host, port and the last part of the path, such as {@code http://10.0.0.1:8089/.../boot.iso}; of a signature
     * there only what follows it, such as {@code http://10.0.0.1:8089/.../***.iso}.
     */
    public static String of(String url) {
        try {
            URI uri = URI.create(url.strip());
            String host = uri.getHost();
            if (host == null || uri.getRawPath() == null) {
                return "(a URL)";
            }
            String path = uri.getRawPath();
            String name =
                    SIGNATURE.matcher(path.substring(path.lastIndexOf('/') + 1)).replaceFirst("***");
            return uri.getScheme() + "://" + host + (uri.getPort() < 0 ? "" : ":" + uri.getPort()) + "/.../" + name;
        } catch (IllegalArgumentException e) {
            return "(a URL)";
        }
    }
}

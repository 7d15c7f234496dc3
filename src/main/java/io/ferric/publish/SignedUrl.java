package io.ferric.publish;

import java.net.URI;
import java.time.Instant;

/**
 * A URL that lets its holder fetch one object until a point in time.
 *
 * <p>Whoever knows the URL can fetch the object, so treat it as a secret: {@link #toString} and {@link #masked} leave the
 * signature out, {@link #uri} has it.
 *
 * @param uri what the BMC is told to fetch
 * @param expires from this instant on the URL is refused
 */
public record SignedUrl(URI uri, Instant expires) {
    private static final String MASK = "***";

    /** The URL without the signature, fit for logs and messages. */
    public String masked() {
        String text = uri.toString();
        int query = text.indexOf('?');
        if (query >= 0) {
            return text.substring(0, query + 1) + MASK;
        }
        int stem = text.lastIndexOf('/') + 1;
        int suffix = text.lastIndexOf('.');
        return text.substring(0, stem) + MASK + (suffix > stem ? text.substring(suffix) : "");
    }

    @Override
    public String toString() {
        return "SignedUrl[" + masked() + ", expires " + expires + "]";
    }
}

package io.ferric.publish;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns, once a publisher, of URLs that some BMCs will refuse or cut off. */
final class UrlLength {
    static final int SAFE = 120;
    private static final Logger LOG = LoggerFactory.getLogger(UrlLength.class);

    private final AtomicBoolean warned = new AtomicBoolean();

    SignedUrl checked(SignedUrl url) {
        int length = url.uri().toString().length();
        if (length > SAFE && warned.compareAndSet(false, true)) {
            LOG.warn(
                    "URLs such as {} are {} characters long; some BMCs refuse more than {}. A shorter host name, an IP"
                            + " address or the built-in image server makes them shorter.",
                    url.masked(),
                    length,
                    SAFE);
        }
        return url;
    }

    boolean warned() {
        return warned.get();
    }
}

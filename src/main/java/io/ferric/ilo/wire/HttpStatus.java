package io.ferric.ilo.wire;

import java.io.IOException;

/** An answer with an HTTP status that RIBCL never uses. */
public final class HttpStatus extends IOException {
    private final int status;

    public HttpStatus(int status) {
        super("HTTP status " + status);
        this.status = status;
    }

    int status() {
        return status;
    }
}

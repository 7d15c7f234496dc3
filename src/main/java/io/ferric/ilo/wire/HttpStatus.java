package io.ferric.ilo.wire;

import java.io.IOException;

/** An answer with an HTTP status that tells of an error. */
public final class HttpStatus extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    public HttpStatus(int status) {
        super("HTTP status " + status);
        this.status = status;
    }

    public int status() {
        return status;
    }
}

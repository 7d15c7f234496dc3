package io.ferric.ilo.client;

import java.io.IOException;

/** An answer with an HTTP status that RIBCL never uses. */
final class HttpStatus extends IOException {
    private final int status;

    HttpStatus(int status) {
        super("HTTP status " + status);
        this.status = status;
    }

    int status() {
        return status;
    }
}

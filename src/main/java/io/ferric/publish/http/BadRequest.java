package io.ferric.publish.http;

import java.io.IOException;

/** A request head that cannot be understood; the connection is closed after the answer. */
final class BadRequest extends IOException {
    private final int status;

    BadRequest(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}

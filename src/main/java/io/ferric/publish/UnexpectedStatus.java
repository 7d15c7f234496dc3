package io.ferric.publish;

import java.io.IOException;

/** A service answered with a status that is no success; who knows what was asked puts the cure into words. */
final class UnexpectedStatus extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    UnexpectedStatus(int status) {
        this(status, "");
    }

    /** With what is known of the reason, such as {@code although the token is new}. */
    UnexpectedStatus(int status, String reason) {
        super("HTTP " + status + (reason.isEmpty() ? "" : ": " + reason));
        this.status = status;
    }

    int status() {
        return status;
    }
}

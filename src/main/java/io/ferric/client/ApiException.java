package io.ferric.client;

import java.io.IOException;

/**
 * The server refused, or failed. The message is its own sentence, with what was asked and the status; no body, no header
 * and no secret of the request is in it.
 */
public final class ApiException extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String sentence;

    ApiException(int status, String request, String sentence) {
        super(sentence + " (HTTP " + status + " to " + request + ")");
        this.status = status;
        this.sentence = sentence;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }

    /** What the server said, in its own words. */
    public String sentence() {
        return sentence;
    }
}

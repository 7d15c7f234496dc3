package io.ferric.node;

/** Nothing is wrong with the request, but it cannot be served now; come back later (HTTP 503). */
public final class Unavailable extends NodeFault {
    public Unavailable(String code, String message, String hint) {
        super(code, message, hint, null);
    }

    public Unavailable(String code, String message, String hint, Throwable cause) {
        super(code, message, hint, cause);
    }
}

package io.ferric.publish.connector;

import java.io.IOException;

/** There is no answer, or not the whole of it. The message is fit for an operator. */
public final class ConnectionFault extends IOException {
    private static final long serialVersionUID = 1L;

    /** What became of the connection. */
    public enum Kind {
        /** The other side is there, and nobody listens. Nothing was sent. */
        REFUSED,
        /** There is no way to the other side, or it did not connect in time. Nothing was sent. */
        UNREACHABLE,
        /** The other side does not show that it is who it should be, or talks something else. Nothing was sent. */
        NOT_TRUSTED,
        /** No answer came in time; the request may have been carried out. */
        SILENT,
        /** The connection broke; the request may have been carried out. */
        LOST
    }

    private final Kind kind;

    ConnectionFault(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Whether another try can have another end: nobody changes a certificate in a second. */
    public boolean mayPass() {
        return kind != Kind.NOT_TRUSTED;
    }
}

package io.ferric.lab.iscsi;

import java.io.IOException;

/** The initiator broke a rule of RFC 7143; the connection is dropped. */
final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1;

    ProtocolException(String message) {
        super(message);
    }
}

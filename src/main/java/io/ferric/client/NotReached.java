package io.ferric.client;

import java.io.IOException;

/** A node did not come to the state that was waited for; the message says where it is and what it said last. */
public final class NotReached extends IOException {
    private static final long serialVersionUID = 1;

    NotReached(String message) {
        super(message);
    }
}

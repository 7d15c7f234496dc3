package io.ferric.ilo.wire;

import java.io.IOException;

/** Bytes came, but not those of the protocol. The message is for operators. */
public final class BrokenAnswer extends IOException {
    public BrokenAnswer(String message) {
        super(message);
    }

    /** Whether there was nothing wrong with it but that it ended too early. */
    boolean cutShort() {
        return getMessage().startsWith("the connection ended");
    }
}

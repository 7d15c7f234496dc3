package io.ferric.ilo.client;

import java.io.IOException;

/** Bytes came, but not those of the protocol. The message is for operators. */
final class BrokenAnswer extends IOException {
    BrokenAnswer(String message) {
        super(message);
    }
}

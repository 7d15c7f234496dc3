package io.ferric.lab.ilo;

import java.io.IOException;
import java.io.OutputStream;

/** One of the protocols that a {@link SimulatedIlo} answers in, over the state they share. Thread-safe. */
interface Face {
    /** Whether requests to this path are its own. */
    boolean answers(HttpRequest request);

    /** Whether the connection stays open for another request after this one. */
    default boolean keepsAlive(HttpRequest request) {
        return false;
    }

    /** Answers with whole HTTP, status line and all; the connection is closed after it unless it says otherwise. */
    void answer(HttpRequest request, OutputStream out) throws IOException;
}

package io.ferric.lab.ilo;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Random;

/** Sends documents as an iLO does, in small chunks with borders anywhere. Thread-safe. */
final class RibclWire {
    private final IloState state;
    private final String server;
    private final Clock clock;
    private final Random borders;

    /** @param server what the header {@code Server} says */
    RibclWire(IloState state, String server, Clock clock, long seed) {
        this.state = state;
        this.server = server;
        this.clock = clock;
        this.borders = new Random(seed);
    }

    void send(byte[] body, OutputStream out) throws IOException {
        boolean drop = state.struck(IloFault.DROP_IN_CHUNK);
        out.write(HttpAnswer.chunkedHead(clock.instant(), server));
        out.write(drop ? HttpAnswer.brokenChunk(body) : chunks(body));
    }

    private byte[] chunks(byte[] body) {
        synchronized (borders) {
            return HttpAnswer.chunks(body, borders);
        }
    }
}

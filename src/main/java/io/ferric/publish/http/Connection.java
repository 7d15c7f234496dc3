package io.ferric.publish.http;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: a request, its response, and the next request, never two at a time. Confined to the server's thread.
 */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    /** Steps before the next connection has its turn. */
    private static final int TURN = 8;

    private static final int DRAIN_LIMIT = 1024 * 1024;

    private final Wire wire;
    private final Handler handler;
    private final Clock clock;
    private final String client;
    private final RequestReader reader;
    private Optional<ResponseWriter> sending = Optional.empty();
    private boolean ending;
    private int drained;
    private long lastMoved;
    private long headBegan;

    Connection(Wire wire, String client, Handler handler, Clock clock) {
        this.wire = wire;
        this.handler = handler;
        this.clock = clock;
        this.client = client;
        this.reader = new RequestReader(client);
    }

    /** Moves what can be moved without waiting, and says what to wait for. */
    void advance(SelectionKey key, long now) throws IOException {
        long before = wire.moved();
        boolean moving = true;
        for (int step = 0; moving && step < TURN; step++) {
            moving = wire.flush() && (ending ? drain() : sending.isPresent() ? send() : receive());
        }
        if (wire.moved() > before) {
            lastMoved = now;
        }
        if (sending.isPresent() || !reader.begun()) {
            headBegan = now;
        }
        // A step that was left out for the sake of the others is due again: waiting to write returns at once.
        boolean writing = moving || sending.isPresent() || !wire.flush();
        key.interestOps(writing ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    String client() {
        return client;
    }

    /** Since when no byte moved, or a request head has been on its way. */
    long quietSince() {
        return sending.isPresent() || !reader.begun() ? lastMoved : Math.min(lastMoved, headBegan);
    }

    void touched(long now) {
        lastMoved = now;
        headBegan = now;
    }

    private boolean receive() throws IOException {
        try {
            Optional<Request> request = reader.next();
            if (request.isPresent()) {
                answer(request.get());
                return true;
            }
        } catch (BadRequest e) {
            LOG.debug("Refused a request: {}", e.getMessage());
            sending = Optional.of(new ResponseWriter(Response.of(e.status()), false, false, clock.instant()));
            return true;
        }
        int count = wire.read(reader.space());
        if (count < 0) {
            throw new EOFException("closed by the client");
        }
        return count > 0;
    }

    private void answer(Request request) {
        Response response;
        try {
            response = handler.answer(request);
        } catch (RuntimeException e) {
            LOG.error("A request of {} could not be answered", request.client(), e);
            response = Response.of(500);
        }
        sending = Optional.of(new ResponseWriter(response, request.isHead(), request.keepsAlive(), clock.instant()));
    }

    private boolean send() throws IOException {
        ResponseWriter writer = sending.orElseThrow();
        if (!writer.done()) {
            return writer.write(wire);
        }
        writer.close();
        sending = Optional.empty();
        if (!writer.keepAlive()) {
            ending = true;
            wire.shutdownOutput();
        }
        return true;
    }

    /** Lets the client read the response before the connection goes, which a reset could take from it. */
    private boolean drain() throws IOException {
        int count = wire.read(ByteBuffer.allocate(4096));
        drained += count;
        if (count < 0 || drained > DRAIN_LIMIT) {
            throw new EOFException("done");
        }
        return count > 0;
    }

    void close() {
        try (wire) {
            if (sending.isPresent()) {
                sending.get().close();
            }
        } catch (IOException e) {
            LOG.debug("While closing a connection: {}", e.getMessage());
        }
    }
}

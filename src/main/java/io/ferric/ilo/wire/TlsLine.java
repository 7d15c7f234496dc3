package io.ferric.ilo.wire;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;

/**
 * The requests of one turn over as few connections as the iLO allows. A kept connection that turns out to be closed is
 * replaced before anything is sent; one that dies before an answer has begun costs a GET a second try, and nothing else:
 * nobody knows whether another request was obeyed. Source: RFC 9112 section 9.3.1. For one thread.
 */
final class TlsLine implements IloLine, AutoCloseable {
    private static final Set<String> REPEATABLE = Set.of("GET", "HEAD");

    /** What all lines of a process share. */
    record Shared(ScheduledExecutorService watchdog, Semaphore connections, TlsContexts contexts) {}

    private final IloAccess access;
    private final Shared shared;
    private Optional<TlsConnection> open = Optional.empty();
    private boolean admitted;

    TlsLine(IloAccess access, Shared shared) {
        this.access = access;
        this.shared = shared;
    }

    @Override
    public HttpAnswer exchange(HttpCall call) throws IOException {
        byte[] head = HttpHead.of(call, access);
        if (open.filter(TlsConnection::isStale).isPresent()) {
            close();
        }
        admit();
        Deadline deadline = new Deadline(shared.watchdog(), access.timeout());
        boolean done = false;
        try {
            HttpAnswer answer = open.isPresent() ? again(head, call, deadline) : afresh(head, call, deadline);
            deadline.keep();
            done = answer.keepsOpen() && !HttpHead.asksToClose(call);
            return answer;
        } catch (IOException e) {
            open.ifPresent(TlsConnection::abort);
            throw deadline.explain(e);
        } finally {
            if (!done) {
                close();
            }
        }
    }

    private HttpAnswer again(byte[] head, HttpCall call, Deadline deadline) throws IOException {
        TlsConnection kept = open.orElseThrow();
        try {
            return kept.exchange(head, call, deadline);
        } catch (IOException e) {
            if (kept.answering() || deadline.missed() || !REPEATABLE.contains(call.method())) {
                throw e;
            }
            kept.abort();
            return afresh(head, call, deadline);
        }
    }

    private HttpAnswer afresh(byte[] head, HttpCall call, Deadline deadline) throws IOException {
        TlsConnection fresh = TlsConnection.open(access, shared.contexts(), deadline);
        open = Optional.of(fresh);
        return fresh.exchange(head, call, deadline);
    }

    /** Waits until another connection may be opened. The queue is fair, and each request before it has its time-out. */
    private void admit() throws IOException {
        if (admitted) {
            return;
        }
        try {
            shared.connections().acquire();
            admitted = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for other connections to end");
        }
    }

    @Override
    public void close() {
        open.ifPresent(TlsConnection::close);
        open = Optional.empty();
        if (admitted) {
            admitted = false;
            shared.connections().release();
        }
    }
}

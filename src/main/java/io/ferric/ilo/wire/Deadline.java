package io.ferric.ilo.wire;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Ends one request when its time is up, also that of an iLO that sends a byte now and then: closes the socket it goes
 * over. Used by the thread of the request and by the watchdog's.
 */
final class Deadline {
    private enum State {
        RUNNING,
        KEPT,
        MISSED
    }

    private final AtomicReference<State> state = new AtomicReference<>(State.RUNNING);
    private final Future<?> end;
    private volatile Socket watched;

    Deadline(ScheduledExecutorService watchdog, Duration time) {
        this.end = watchdog.schedule(this::miss, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** From now on it is this socket that is closed. */
    void watch(Socket socket) throws IOException {
        watched = socket;
        if (missed()) {
            throw timedOut(null);
        }
    }

    boolean missed() {
        return state.get() == State.MISSED;
    }

    /** The request is done; from now on nothing is closed. */
    void keep() throws IOException {
        end.cancel(false);
        if (!state.compareAndSet(State.RUNNING, State.KEPT)) {
            throw timedOut(null);
        }
    }

    /** The request failed; what its failure was when the end of the time is taken into account. */
    IOException explain(IOException why) {
        end.cancel(false);
        return state.compareAndSet(State.RUNNING, State.KEPT) ? why : timedOut(why);
    }

    /** Marked first: whoever sees the connection die must see why. */
    private void miss() {
        if (state.compareAndSet(State.RUNNING, State.MISSED)) {
            Socket socket = watched;
            if (socket != null) {
                closeQuietly(socket);
            }
        }
    }

    static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed is closed
        }
    }

    private static SocketTimeoutException timedOut(IOException why) {
        SocketTimeoutException timeout = new SocketTimeoutException("time is up");
        timeout.initCause(why);
        return timeout;
    }
}

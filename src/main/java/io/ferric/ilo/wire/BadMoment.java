package io.ferric.ilo.wire;

import io.ferric.node.OperationFailed;
import java.io.EOFException;
import java.net.SocketException;

/** Tells whether an iLO may do better when it is asked again at once. */
public final class BadMoment {
    private BadMoment() {}

    /**
     * True for dropped connections, answers that cannot be understood and an HTTP status of 500 or more. False for
     * everything the iLO said in earnest, a rejected login above all, which must not be tried again; and for silence,
     * which costs too much time.
     */
    public static boolean caused(OperationFailed failure) {
        Throwable cause = failure.getCause();
        return cause instanceof BrokenAnswer
                || cause instanceof HttpStatus http && http.status() >= 500
                || cause instanceof EOFException
                || cause instanceof SocketException;
    }
}

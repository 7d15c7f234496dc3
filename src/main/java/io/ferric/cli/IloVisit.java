package io.ferric.cli;

import io.ferric.ilo.client.Answer;
import io.ferric.ilo.connect.Detected;
import io.ferric.ilo.connect.IloConnections;
import io.ferric.ilo.wire.IloAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** What one command has to do with one iLO; ends with a log-out, also when it fails or is stopped by Ctrl-C. */
final class IloVisit implements AutoCloseable {
    private final IloAccess access;
    private final IloTraceLog trace;
    private final IloConnections connections;
    private final Thread farewell;

    private IloVisit(IloAccess access, IloTraceLog trace) {
        this.access = access;
        this.trace = trace;
        this.connections = IloConnections.create(trace);
        this.farewell = new Thread(connections::close, "log-out");
        Runtime.getRuntime().addShutdownHook(farewell);
    }

    static IloVisit to(IloAccess access, IloTraceLog trace) {
        return new IloVisit(access, trace);
    }

    /** What stands there. */
    Detected identify() {
        return connections.identify(access);
    }

    Answer<Map<String, Object>> ask(IloOptions.Talk talk) throws IOException {
        try {
            return connections.connect(access).ask(ilo -> {
                try {
                    return talk.with(ilo);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        connections.close();
        try {
            Runtime.getRuntime().removeShutdownHook(farewell);
        } catch (IllegalStateException e) {
            // the program is being stopped, and the hook does the same
        }
        trace.close();
    }
}

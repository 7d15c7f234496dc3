package io.ferric.ilo.ribcl;

import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.IloConnector;
import io.ferric.ilo.wire.HttpsExchange;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.ilo.wire.IloTrace;

/**
 * Makes clients that speak RIBCL. Clients of one connector share the rule that one call at a time goes to one iLO, so
 * use one connector for a process.
 */
public final class RibclConnector implements IloConnector {
    private final HttpsExchange https;
    private final IloTrace trace;

    /** @param https shared by all that speaks to iLOs */
    public RibclConnector(HttpsExchange https, IloTrace trace) {
        this.https = https;
        this.trace = trace;
    }

    @Override
    public IloClient connect(IloAccess access) {
        return new RibclClient(new RibclSession(
                access,
                call -> https.inTurn(access, line -> trace.over(line, access).exchange(call))));
    }
}

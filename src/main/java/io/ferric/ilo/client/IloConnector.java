package io.ferric.ilo.client;

import io.ferric.ilo.wire.IloAccess;

/** Makes clients; the seam where tests put a client of their own. Safe for use by many threads. */
public interface IloConnector {
    /** Opens nothing yet: the first call does. */
    IloClient connect(IloAccess access);
}

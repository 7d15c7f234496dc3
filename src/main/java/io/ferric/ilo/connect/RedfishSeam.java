package io.ferric.ilo.connect;

import io.ferric.ilo.client.Identity;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.wire.IloAccess;

/** Makes clients that speak Redfish; the seam where tests put one of their own. */
interface RedfishSeam extends AutoCloseable {
    IloClient connect(IloAccess access, Identity identity);

    /** Logs out everywhere. */
    @Override
    void close();
}

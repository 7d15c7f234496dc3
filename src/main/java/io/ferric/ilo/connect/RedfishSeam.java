package io.ferric.ilo.connect;

import io.ferric.ilo.client.Identity;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.redfish.RedfishConnector;
import io.ferric.ilo.wire.IloAccess;

/** Makes clients that speak Redfish; the seam where tests put one of their own. */
interface RedfishSeam extends AutoCloseable {
    IloClient connect(IloAccess access, Identity identity);

    /** Logs out everywhere. */
    @Override
    void close();

    static RedfishSeam of(RedfishConnector connector) {
        return new RedfishSeam() {
            @Override
            public IloClient connect(IloAccess access, Identity identity) {
                return connector.connect(access, identity);
            }

            @Override
            public void close() {
                connector.close();
            }
        };
    }
}

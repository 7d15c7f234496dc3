package io.ferric.ilo;

import io.ferric.driver.Findings;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.IloConnector;
import io.ferric.node.Node;
import java.util.Optional;

/** From a node to its iLO. Safe for use by many threads. */
final class NodeIlo {
    private final IloConfig config;
    private final IloConnector connector;

    NodeIlo(IloConfig config, IloConnector connector) {
        this.config = config;
        this.connector = connector;
    }

    /** Notes all that is wrong with the node's {@code driver_info}. */
    Optional<IloDriverInfo> check(Node node, Findings findings) {
        return IloDriverInfo.parse(node.driverInfo(), config, findings);
    }

    IloDriverInfo info(Node node) {
        return IloDriverInfo.parse(node.driverInfo(), config);
    }

    IloClient client(Node node) {
        return connector.connect(info(node).access());
    }
}

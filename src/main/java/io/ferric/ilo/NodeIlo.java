package io.ferric.ilo;

import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.wire.IloAccess;
import io.ferric.node.Node;
import io.ferric.node.ProvisionState;
import java.util.Optional;

/** From a node to its iLO. Safe for use by many threads. */
final class NodeIlo {
    private final IloConfig config;
    private final LoginGuard guard;

    NodeIlo(IloConfig config, LoginGuard guard) {
        this.config = config;
        this.guard = guard;
    }

    /** Notes all that is wrong with the node's {@code driver_info}. */
    Optional<IloDriverInfo> check(Node node, Findings findings) {
        return IloDriverInfo.parse(node.driverInfo(), config, findings);
    }

    IloDriverInfo info(Node node) {
        return IloDriverInfo.parse(node.driverInfo(), config);
    }

    /** One that does not ask an iLO which has rejected the login of late, but for an operator who has it verified. */
    IloClient client(Node node) {
        IloAccess access = info(node).access();
        if (node.provisionState() == ProvisionState.VERIFYING) {
            guard.lift(access);
        }
        return guard.connect(access);
    }

    /** As {@link #client(Node)}, for work on a held node: it changes things only while that is so, and records each change. */
    IloClient client(Task task) {
        return FencedIlo.of(client(task.node()), info(task.node()).access().authority(), task);
    }
}

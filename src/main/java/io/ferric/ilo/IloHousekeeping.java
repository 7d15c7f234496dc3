package io.ferric.ilo;

import io.ferric.deploy.IscsiDeploy;
import io.ferric.driver.Housekeeping;
import io.ferric.driver.SweepReport;
import io.ferric.driver.SweepReport.Fate;
import io.ferric.driver.SweepReport.Leftover;
import io.ferric.node.NodeFault;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;

/** What deploys leave behind in the store and on this machine. Safe for use by many threads. */
final class IloHousekeeping implements Housekeeping {
    private final StoreSweep store;
    private final IscsiDeploy iscsi;

    IloHousekeeping(StoreSweep store, IscsiDeploy iscsi) {
        this.store = store;
        this.iscsi = iscsi;
    }

    @Override
    public SweepReport sweep(Predicate<UUID> isNode) {
        return store.sweep(isNode);
    }

    @Override
    public SweepReport tidy(NodesAtRest nodes) {
        List<Leftover> found = new ArrayList<>();
        for (UUID node : iscsi.nodesWithImages()) {
            String name = "the image of node " + node;
            try {
                if (nodes.ifAtRest(node, () -> iscsi.destroyImages(node))) {
                    found.add(new Leftover(Fate.DELETED, name, "no deploy needs it here"));
                }
            } catch (NodeFault e) {
                found.add(new Leftover(Fate.FAILED, name, e.inPlainWords()));
            }
        }
        return new SweepReport(found);
    }
}

package io.ferric.conductor;

import io.ferric.driver.Findings;
import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.Node;
import io.ferric.node.ProvisionState;
import java.util.function.Consumer;
import java.util.function.Function;

/** Work of a few moments on a server that a caller waits for: done while holding its node, on the caller's thread. */
final class HeldNode {
    private final Context context;
    private final NodeRegistry nodes;
    private final Reservations reservations;

    HeldNode(Context context, NodeRegistry nodes, Reservations reservations) {
        this.context = context;
        this.nodes = nodes;
        this.reservations = reservations;
    }

    /** Asks the hardware, or changes what no deploy depends on. */
    <T> T ask(String id, Function<NodeTask, T> work) {
        Node seen = nodes.node(id);
        return reservations.holding(seen.uuid(), () -> work.apply(task(nodes.node(seen.uuid()))));
    }

    /**
     * Changes what a deploy sets for itself; refused while one is under way, in words that say so.
     *
     * @param what is changed, such as {@code the boot mode}
     */
    void change(String id, String what, Consumer<NodeTask> work) {
        Node seen = nodes.node(id);
        refuseDuringWork(seen, what);
        ask(id, task -> {
            refuseDuringWork(task.node(), what);
            work.accept(task);
            return true;
        });
    }

    private NodeTask task(Node node) {
        NodeTask task = NodeTask.working(context, node, 1);
        Findings findings = new Findings();
        task.driver().management().validate(task, findings);
        findings.throwIfAny();
        return task;
    }

    private static void refuseDuringWork(Node node, String what) {
        ProvisionState state = node.provisionState();
        if (state.underWay()) {
            throw new Conflict(
                    FaultCode.INVALID_STATE,
                    "Nobody may change " + what + " of node " + node.uuid() + " while it is " + state
                            + ", for that work has its own in use",
                    "Wait until it is over, or abort it.");
        }
    }
}

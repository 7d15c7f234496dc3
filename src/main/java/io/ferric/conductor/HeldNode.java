package io.ferric.conductor;

import io.ferric.driver.Findings;
import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.Node;
import io.ferric.node.ProvisionState;
import io.ferric.store.ReservationStore.Hold;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Work of a few moments on a server that a caller waits for: done while holding its node, on the caller's thread. */
final class HeldNode {
    private final Context context;
    private final NodeRegistry nodes;
    private final Reservations reservations;
    private final Set<UUID> asked = ConcurrentHashMap.newKeySet();

    HeldNode(Context context, NodeRegistry nodes, Reservations reservations) {
        this.context = context;
        this.nodes = nodes;
        this.reservations = reservations;
    }

    /** Asks the hardware, or changes what no deploy depends on. */
    <T> T ask(String id, Function<NodeTask, T> work) {
        Node seen = nodes.node(id);
        return reservations.holding(seen.uuid(), hold -> work.apply(task(hold, nodes.node(seen.uuid()))));
    }

    /**
     * Asks the hardware what changes nothing, and does not hold the node meanwhile: who may only look must not keep others
     * from work. One at a time, for a server may be slow to answer.
     */
    <T> T look(String id, Function<NodeTask, T> question) {
        Node node = nodes.node(id);
        if (!asked.add(node.uuid())) {
            throw new Conflict(
                    FaultCode.NODE_LOCKED,
                    "The server of node " + node.uuid() + " is being asked already",
                    "Try again when it has answered.");
        }
        try {
            return question.apply(checked(NodeTask.looking(context, node)));
        } finally {
            asked.remove(node.uuid());
        }
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

    private NodeTask task(Hold hold, Node node) {
        return checked(NodeTask.working(context, hold, node));
    }

    private static NodeTask checked(NodeTask task) {
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

package io.ferric.conductor;

import io.ferric.conductor.HistoryEntry.Level;
import io.ferric.driver.VendorCall;
import io.ferric.driver.VendorInterface;
import io.ferric.driver.VendorMethod;
import io.ferric.node.AccessDenied;
import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Lifecycle.Event;
import io.ferric.node.Node;
import io.ferric.node.ProvisionState;
import io.ferric.node.Unavailable;
import io.ferric.store.ReservationStore.Hold;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Calls of methods that drivers have of their own, that of the deploy ramdisk among them. */
final class VendorCalls {
    private final Context context;
    private final NodeRegistry nodes;
    private final Reservations reservations;
    private final Settlement settlement;
    private final Workers workers;

    VendorCalls(
            Context context, NodeRegistry nodes, Reservations reservations, Settlement settlement, Workers workers) {
        this.context = context;
        this.nodes = nodes;
        this.reservations = reservations;
        this.settlement = settlement;
        this.workers = workers;
    }

    List<VendorMethod> methods(String id) {
        return context.driverOf(nodes.node(id))
                .vendor()
                .map(VendorInterface::methods)
                .orElse(List.of());
    }

    VendorReply call(String id, String httpMethod, VendorCall call) {
        Node seen = nodes.node(id);
        VendorMethod method = method(seen, httpMethod, call.method());
        try {
            return method.mode() == VendorMethod.Mode.CONTINUES_DEPLOY ? resume(seen, call) : call(seen, method, call);
        } catch (InvalidRequest | AccessDenied | Conflict | Unavailable refusal) {
            context.journal().noteRefusal(seen.uuid(), call.method(), refusal);
            throw refusal;
        }
    }

    private VendorReply call(Node seen, VendorMethod method, VendorCall call) {
        try (Reservations.Held held = reservations.hold(seen.uuid())) {
            Node node = nodes.node(seen.uuid());
            VendorInterface vendor = context.vendorOf(node);
            VendorCall accepted = accept(node, call);
            return method.mode() == VendorMethod.Mode.SYNC
                    ? new VendorReply(method.mode(), vendor.answer(working(held.hold(), node), accepted))
                    : begin(node, vendor, accepted, held);
        }
    }

    /**
     * Each call of the ramdisk is taken once. Who knows its key may wait for the node; nobody else keeps a thread busy
     * by calling.
     */
    private VendorReply resume(Node seen, VendorCall call) {
        accept(seen, call);
        workers.refuseWhenDraining(); // the ramdisk calls again
        try (Reservations.Held held = reservations.holdPatiently(seen.uuid())) {
            Node node = nodes.node(seen.uuid());
            return resume(node, accept(node, call), held);
        }
    }

    private VendorCall accept(Node node, VendorCall call) {
        return context.vendorOf(node).accept(NodeTask.looking(context, node), call);
    }

    private VendorMethod method(Node node, String httpMethod, String name) {
        VendorInterface vendor = context.vendorOf(node);
        VendorMethod method = vendor.methods().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> vendor.unsupported(name));
        if (!method.httpMethods().contains(httpMethod.toUpperCase(Locale.ROOT))) {
            throw new InvalidRequest(
                    FaultCode.INVALID_PARAMETER_VALUE,
                    "The method " + name + " does not support HTTP " + httpMethod,
                    "It supports "
                            + String.join(
                                    ", ", method.httpMethods().stream().sorted().toList()) + ".");
        }
        return method;
    }

    private NodeTask working(Hold hold, Node node) {
        return NodeTask.working(context, hold, node);
    }

    private VendorReply begin(Node node, VendorInterface vendor, VendorCall call, Reservations.Held held) {
        String work = "vendor/" + UUID.randomUUID();
        workers.claim(work);
        held.handOver();
        workers.run(work, () -> answer(held.hold(), node, vendor, call));
        return new VendorReply(VendorMethod.Mode.ASYNC, Map.of());
    }

    private void answer(Hold hold, Node node, VendorInterface vendor, VendorCall call) {
        NodeTask task = working(hold, node);
        try {
            vendor.answer(task, call);
        } catch (RuntimeException | LinkageError e) {
            String error = "The method " + call.method() + " failed. Error: " + Failures.inPlainWords(node.uuid(), e);
            task.saveLastError(Optional.of(error));
            task.note(call.method(), error, Level.ERROR);
        } finally {
            task.finish();
            reservations.release(hold);
        }
    }

    private VendorReply resume(Node node, VendorCall call, Reservations.Held held) {
        Visit visit = Visit.resuming(node.uuid(), kind(node), call);
        // never refused for want of a worker: the visit waits its turn
        workers.adopt(visit.id());
        try {
            settlement.begin(held.hold(), node, List.of(Event.RESUME), visit, () -> {});
        } catch (RuntimeException | Error e) {
            workers.done(visit.id());
            throw e;
        }
        held.handOver();
        return new VendorReply(VendorMethod.Mode.CONTINUES_DEPLOY, Map.of());
    }

    /** The work that the ramdisk of this node goes on with. */
    private static Visit.Kind kind(Node node) {
        return switch (node.provisionState()) {
            case WAIT_CALL_BACK -> Visit.Kind.RESUME;
            case CLEAN_WAIT -> Visit.Kind.CLEAN;
            case SERVICE_WAIT -> Visit.Kind.SERVICE;
            default ->
                throw new InvalidRequest(
                        FaultCode.INVALID_STATE_REQUESTED,
                        "Node " + node.uuid() + " does not wait for a deploy ramdisk: it is " + node.provisionState(),
                        "A ramdisk continues a deploy while the node is " + ProvisionState.WAIT_CALL_BACK
                                + ", once each time.");
        };
    }
}

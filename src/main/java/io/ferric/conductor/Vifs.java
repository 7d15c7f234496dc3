package io.ferric.conductor;

import io.ferric.node.Conflict;
import io.ferric.node.EntryQuery;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.Port;
import io.ferric.store.RecordStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Remembers at a node's ports which virtual interfaces an instance has on them; no network is changed. A node whose
 * network interface is {@code noop} remembers none, as in Ironic. The place is that of Ironic's first releases, {@code
 * extra/vif_port_id}, by which the deploy chooses the port to boot from.
 */
final class Vifs {
    private static final String KEY = "vif_port_id";

    private final Context context;
    private final NodeRegistry nodes;
    private final RecordStore<Port> ports;
    private final Reservations reservations;

    Vifs(Context context, NodeRegistry nodes, Reservations reservations) {
        this.context = context;
        this.nodes = nodes;
        this.ports = context.database().ports();
        this.reservations = reservations;
    }

    List<String> list(String id) {
        Node node = nodes.node(id);
        return forgets(node)
                ? List.of()
                : ports(node).flatMap(port -> vif(port).stream()).toList();
    }

    /** @param at the port to use; empty for the first that is free */
    void attach(String id, String vif, Optional<UUID> at) {
        change(id, node -> with(free(node, vif, at), Optional.of(vif)));
    }

    void detach(String id, String vif) {
        change(id, node -> with(carrier(node, vif), Optional.empty()));
    }

    /** Which port it is, is found out while the node is held: of two callers at once none may take the other's. */
    private void change(String id, Function<Node, Port> change) {
        Node node = nodes.node(id);
        if (forgets(node)) {
            return;
        }
        reservations.changing(node.uuid(), () -> {
            ports.save(change.apply(node), context.now());
            return true;
        });
    }

    private Port free(Node node, String vif, Optional<UUID> at) {
        ports(node)
                .filter(port -> vif(port).filter(vif::equals).isPresent())
                .findFirst()
                .ifPresent(port -> {
                    throw taken(vif, port);
                });
        return ports(node)
                .filter(port -> at.isEmpty() || at.get().equals(port.uuid()))
                .filter(port -> vif(port).isEmpty())
                .findFirst()
                .orElseThrow(() -> new InvalidRequest(
                        FaultCode.NO_FREE_PHYSICAL_PORTS,
                        "Unable to attach VIF " + vif + ", not enough free physical ports",
                        "Detach another, or add a port to node " + node.uuid() + "."));
    }

    private Port carrier(Node node, String vif) {
        return ports(node)
                .filter(each -> vif(each).filter(vif::equals).isPresent())
                .findFirst()
                .orElseThrow(() -> new InvalidRequest(
                        FaultCode.VIF_NOT_ATTACHED,
                        "Unable to detach VIF " + vif + " from node " + node.uuid()
                                + " because it is not attached to it",
                        ""));
    }

    private boolean forgets(Node node) {
        return nodes.interfacesOf(node)
                .usedBy(node, "network")
                .filter(name -> !name.equals("noop"))
                .isEmpty();
    }

    private Stream<Port> ports(Node node) {
        return ports.list(EntryQuery.ofNode(node.uuid())).stream();
    }

    private static Optional<String> vif(Port port) {
        return Optional.ofNullable(port.extra().get(KEY)).map(String::valueOf);
    }

    private static Port with(Port port, Optional<String> vif) {
        Map<String, Object> extra = new LinkedHashMap<>(port.extra());
        extra.remove(KEY);
        vif.ifPresent(id -> extra.put(KEY, id));
        return port.withExtra(extra);
    }

    private static Conflict taken(String vif, Port port) {
        return new Conflict(
                FaultCode.VIF_ALREADY_ATTACHED,
                "VIF " + vif + " is already attached to port " + port.uuid(),
                "Detach it first.");
    }
}

package io.ferric.conductor;

import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.NotFound;
import io.ferric.node.Port;
import io.ferric.node.Uuids;
import io.ferric.store.PortStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Which ports there are, with the rules for changing that. */
final class PortRegistry {
    private final Context context;
    private final PortStore ports;
    private final NodeRegistry nodes;
    private final Reservations reservations;

    PortRegistry(Context context, NodeRegistry nodes, Reservations reservations) {
        this.context = context;
        this.ports = context.database().ports();
        this.nodes = nodes;
        this.reservations = reservations;
    }

    Port port(String uuidOrAddress) {
        return Uuids.parse(uuidOrAddress)
                .map(ports::find)
                .orElseGet(() -> ports.findByAddress(uuidOrAddress))
                .orElseThrow(() ->
                        new NotFound(FaultCode.PORT_NOT_FOUND, "Port " + uuidOrAddress + " could not be found", ""));
    }

    List<Port> list(PortQuery query) {
        Optional<UUID> node = query.node().map(id -> nodes.node(id).uuid());
        List<Port> all = query.address()
                .map(address -> ports.findByAddress(address).stream().toList())
                .orElseGet(() -> node.map(ports::ofNode).orElseGet(ports::all));
        Stream<Port> wanted =
                all.stream().filter(port -> node.isEmpty() || port.nodeUuid().equals(node.get()));
        if (query.marker().isPresent()) {
            UUID marker = port(query.marker().get().toString()).uuid();
            wanted = wanted.dropWhile(port -> !port.uuid().equals(marker)).skip(1);
        }
        return wanted.limit(query.limit()).toList();
    }

    Port create(UUID uuid, String nodeId, String address, Map<String, Object> extra) {
        UUID node = nodes.node(nodeId).uuid();
        ports.insert(new Port(uuid, node, address, extra, context.now(), Optional.empty()));
        return port(uuid.toString());
    }

    Port update(String id, UnaryOperator<Port> change) {
        Port seen = port(id);
        return reservations.holding(seen.nodeUuid(), () -> {
            Port before = port(seen.uuid().toString());
            Port after = change.apply(before);
            if (!after.nodeUuid().equals(before.nodeUuid()) || !after.uuid().equals(before.uuid())) {
                throw new InvalidRequest(
                        FaultCode.INVALID_PARAMETER_VALUE,
                        "Port " + before.uuid() + " belongs to node " + before.nodeUuid() + " and stays there",
                        "Delete it and create it anew at the other node.");
            }
            ports.save(new Port(
                    before.uuid(),
                    before.nodeUuid(),
                    after.address(),
                    after.extra(),
                    before.createdAt(),
                    Optional.of(context.now())));
            return port(before.uuid().toString());
        });
    }

    void delete(String id) {
        Port port = port(id);
        reservations.holding(port.nodeUuid(), () -> ports.delete(port.uuid()));
    }
}

package io.ferric.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.client.ApiException;
import io.ferric.client.FerricClient;
import io.ferric.client.Kind;
import io.ferric.client.Listing;
import io.ferric.client.Microversion;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a server knows at one moment, all fields it shows.
 *
 * @param records by kind; a kind that the server does not have is missing
 */
record Snapshot(Microversion version, Map<Kind, List<ObjectNode>> records) {
    static final List<Kind> PARTS = List.of(Kind.PORTGROUPS, Kind.PORTS, Kind.VOLUME_CONNECTORS, Kind.VOLUME_TARGETS);
    private static final int PAGE = 500;
    /** Since when a list leaves out the children of other nodes. */
    private static final int CHILDREN = 83;

    static Snapshot of(FerricClient server) throws IOException {
        Microversion version = server.api().version();
        Map<Kind, List<ObjectNode>> records = new EnumMap<>(Kind.class);
        List<Kind> kinds = Stream.concat(
                        Stream.of(Kind.NODES, Kind.CHASSIS, Kind.DEPLOY_TEMPLATES, Kind.DRIVERS), PARTS.stream())
                .toList();
        for (Kind kind : kinds) {
            if (version.has(kind.since())) {
                all(server, kind, version).ifPresent(list -> records.put(kind, list));
            }
        }
        return new Snapshot(version, records);
    }

    private static Optional<List<ObjectNode>> all(FerricClient server, Kind kind, Microversion version)
            throws IOException {
        boolean plain = kind == Kind.DRIVERS;
        Listing what = plain && !version.has(30) ? Listing.all() : Listing.details();
        try {
            boolean hides = kind == Kind.NODES && version.has(CHILDREN);
            Listing whole = hides ? what.with("include_children", "true") : what;
            return Optional.of(server.records(kind).all(plain ? whole : whole.limit(PAGE)));
        } catch (ApiException e) {
            if (e.status() == 404) {
                return Optional.empty();
            }
            throw e;
        }
    }

    boolean has(Kind kind) {
        return records.containsKey(kind);
    }

    List<ObjectNode> all(Kind kind) {
        return records.getOrDefault(kind, List.of());
    }

    /** Those of a node. */
    List<ObjectNode> of(Kind kind, String node) {
        return all(kind).stream()
                .filter(each -> each.path("node_uuid").asText().equals(node))
                .toList();
    }

    Optional<ObjectNode> find(Kind kind, String field, String value) {
        return all(kind).stream()
                .filter(each -> each.path(field).asText().equalsIgnoreCase(value))
                .findFirst();
    }
}

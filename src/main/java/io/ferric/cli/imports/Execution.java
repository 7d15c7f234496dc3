package io.ferric.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.cli.imports.NodePlan.Next;
import io.ferric.cli.terminal.Failure;
import io.ferric.client.FerricClient;
import io.ferric.client.Kind;
import io.ferric.client.RemoteNode;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Carries a plan out: a node comes whole or not at all. */
final class Execution {
    private final FerricClient ferric;
    private final Duration patience;

    Execution(FerricClient ferric, Duration patience) {
        this.ferric = ferric;
        this.patience = patience;
    }

    /** Creates something without parts, such as a chassis. */
    void create(Kind kind, ObjectNode body) throws IOException {
        ferric.records(kind).create(body(body));
    }

    /**
     * Creates the node with all its parts.
     *
     * @throws IOException when it did not come; then nothing of it is left here, or the message says so
     */
    void create(NodePlan plan) throws IOException {
        NodePlan.Request request = plan.request();
        create(Kind.NODES, request.body());
        try {
            for (Kind kind : Snapshot.PARTS) {
                for (ObjectNode part : request.parts().getOrDefault(kind, List.of())) {
                    create(kind, part);
                }
            }
            if (!request.traits().isEmpty()) {
                ferric.node(plan.uuid()).setTraits(request.traits());
            }
        } catch (IOException e) {
            throw new IOException(Failure.inOneLine(e) + "; " + takenBack(plan), e);
        }
    }

    /**
     * Brings a node that is there where it should be.
     *
     * @throws IOException when it did not come there; it stays where it is
     */
    void follow(NodePlan plan) throws IOException {
        RemoteNode node = ferric.node(plan.uuid());
        if (plan.verdict() == NodePlan.Verdict.CREATE && plan.next() != Next.STAY) {
            node.provision("manage");
            node.await("manageable", patience, state -> {});
        }
        if (plan.next() == Next.ADOPT) {
            if (!plan.request().instance().isEmpty()) {
                ferric.records(Kind.NODES).update(plan.uuid(), plan.request().instance());
            }
            node.provision("adopt");
            node.await("active", patience, state -> {});
        }
    }

    /**
     * Protection and maintenance, which would stand in the way of the rest.
     *
     * @throws IOException when the server refuses; the node stays without
     */
    void protect(NodePlan plan) throws IOException {
        if (!plan.request().late().isEmpty()) {
            ferric.records(Kind.NODES).update(plan.uuid(), plan.request().late());
        }
        JsonNode source = plan.source();
        if (source.path("maintenance").asBoolean()) {
            ferric.node(plan.uuid()).maintain(source.path("maintenance_reason").asText(""));
        }
    }

    private String takenBack(NodePlan plan) {
        try {
            ferric.records(Kind.NODES).delete(plan.uuid());
            return "the node was taken back";
        } catch (IOException e) {
            return "and the node could not be taken back: " + Failure.inOneLine(e) + "; delete it by hand";
        }
    }

    private static Map<String, JsonNode> body(ObjectNode fields) {
        Map<String, JsonNode> body = new LinkedHashMap<>();
        fields.properties().forEach(field -> body.put(field.getKey(), field.getValue()));
        return body;
    }
}

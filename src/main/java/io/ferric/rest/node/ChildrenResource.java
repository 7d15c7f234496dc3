package io.ferric.rest.node;

import io.ferric.conductor.Conductor;
import io.ferric.conductor.NodeQuery;
import io.ferric.node.Node;
import io.ferric.node.NodeFilter;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The nodes that are parts of a node. */
@Singleton
@Since(90)
@Path("/v1/nodes/{node}/children")
@Produces(MediaType.APPLICATION_JSON)
public final class ChildrenResource {
    private final Conductor conductor;

    @Inject
    ChildrenResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @Needs(Right.NODE_GET)
    @GET
    public Map<String, List<UUID>> list(@PathParam("node") String id, @BeanParam Call call) {
        NodeQuery children = NodeQuery.unlimited()
                .where(NodeFilter.PARENT, conductor.node(id).uuid())
                .where(NodeFilter.VISIBLE_TO, call.access().project())
                .withoutDocuments();
        return Map.of(
                "children", conductor.nodes(children).stream().map(Node::uuid).toList());
    }
}

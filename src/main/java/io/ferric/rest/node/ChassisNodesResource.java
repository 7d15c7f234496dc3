package io.ferric.rest.node;

import io.ferric.node.Node;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.StreamedPage;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The nodes of one chassis. */
@Singleton
@Path("/v1/chassis/{chassis}/nodes")
@Produces(MediaType.APPLICATION_JSON)
public final class ChassisNodesResource {
    private final NodesResource nodes;

    @Inject
    ChassisNodesResource(Offer offer) {
        this.nodes = new NodesResource(offer);
    }

    @Needs(Right.NODE_LIST)
    @GET
    public StreamedPage<Node> list(@PathParam("chassis") String chassis, @BeanParam Call call) {
        return nodes.listOfChassis(chassis, call);
    }
}

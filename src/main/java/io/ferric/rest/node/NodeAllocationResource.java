package io.ferric.rest.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.Since;
import io.ferric.rest.resource.AllocationsResource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The allocation that has a node. */
@Singleton
@Since(52)
@Path("/v1/nodes/{node}/allocation")
@Produces(MediaType.APPLICATION_JSON)
public final class NodeAllocationResource {
    private final AllocationsResource allocations;

    @Inject
    NodeAllocationResource(Offer offer) {
        this.allocations = new AllocationsResource(offer);
    }

    /** Shows the allocation that has the node. */
    @Needs(Right.NODE_GET)
    @GET
    public ObjectNode show(@PathParam("node") String node, @BeanParam Call call) {
        return allocations.ofNode(node, call);
    }

    /** Forgets the allocation and frees the node. */
    @Needs(Right.NODE_GET)
    @DELETE
    public void delete(@PathParam("node") String node, @BeanParam Call call) {
        allocations.deleteOfNode(node, call);
    }
}

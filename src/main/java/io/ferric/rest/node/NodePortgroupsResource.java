package io.ferric.rest.node;

import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.Since;
import io.ferric.rest.resource.PortgroupsResource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** The port groups of one node. */
@Singleton
@Since(24)
@Path("/v1/nodes/{node}/portgroups")
@Produces(MediaType.APPLICATION_JSON)
public final class NodePortgroupsResource {
    private final PortgroupsResource portgroups;

    @Inject
    NodePortgroupsResource(Offer offer) {
        this.portgroups = new PortgroupsResource(offer);
    }

    @Needs(Right.PORTGROUP_GET)
    @GET
    public Map<String, Object> list(@PathParam("node") String id, @BeanParam Call call) {
        return portgroups.listOfNode(id, call);
    }

    @Needs(Right.PORTGROUP_GET)
    @GET
    @Path("detail")
    public Map<String, Object> listInDetail(@PathParam("node") String id, @BeanParam Call call) {
        return portgroups.detailsOfNode(id, call);
    }
}

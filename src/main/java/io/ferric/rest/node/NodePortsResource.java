package io.ferric.rest.node;

import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Offer;
import io.ferric.rest.resource.PortsResource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** The ports of one node. */
@Singleton
@Path("/v1/nodes/{node}/ports")
@Produces(MediaType.APPLICATION_JSON)
public final class NodePortsResource {
    private final PortsResource ports;

    @Inject
    NodePortsResource(Offer offer) {
        this.ports = new PortsResource(offer);
    }

    @Needs(Right.PORT_GET)
    @GET
    public Map<String, Object> list(@PathParam("node") String id, @BeanParam Call call) {
        return ports.listOfNode(id, call);
    }

    @Needs(Right.PORT_GET)
    @GET
    @Path("detail")
    public Map<String, Object> listInDetail(@PathParam("node") String id, @BeanParam Call call) {
        return ports.detailsOfNode(id, call);
    }
}

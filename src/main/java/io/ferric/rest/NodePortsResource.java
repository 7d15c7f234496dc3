package io.ferric.rest;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
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

    @GET
    public Map<String, Object> list(@PathParam("node") String id, @Context UriInfo request) {
        return ports.listOfNode(id, request);
    }
}

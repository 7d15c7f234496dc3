package io.ferric.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;

/** The ports of one node. */
@Path("/v1/nodes/{node}/ports")
@Produces(MediaType.APPLICATION_JSON)
public final class NodePortsResource {
    private final PortsResource ports;

    NodePortsResource(PortsResource ports) {
        this.ports = ports;
    }

    @GET
    public Map<String, Object> list(@PathParam("node") String id, @Context UriInfo request) {
        return ports.listOfNode(id, request);
    }
}

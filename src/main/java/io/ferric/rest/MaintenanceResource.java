package io.ferric.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.node.Maintenance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;

/** Takes a node out of service and back. */
@Singleton
@Path("/v1/nodes/{node}/maintenance")
public final class MaintenanceResource {
    private final Conductor conductor;

    @Inject
    MaintenanceResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response begin(@PathParam("node") String id, ObjectNode body) {
        Body asked = Body.optional(body).only(Set.of("reason"));
        conductor.maintenance(id, Maintenance.because(asked.text("reason")));
        return Response.accepted().build();
    }

    @DELETE
    public Response end(@PathParam("node") String id) {
        conductor.maintenance(id, Maintenance.NONE);
        return Response.accepted().build();
    }
}

package io.ferric.rest.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.node.Maintenance;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.CallerContext;
import io.ferric.rest.common.Offer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
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

    @Needs(Right.NODE_SET_MAINTENANCE)
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public Response begin(@PathParam("node") String id, ObjectNode body, @Context SecurityContext caller) {
        Body asked = Body.optional(body).only(Set.of("reason"));
        conductor.maintenance(id, Maintenance.because(asked.text("reason")), CallerContext.requester(caller));
        return Response.accepted().build();
    }

    @Needs(Right.NODE_CLEAR_MAINTENANCE)
    @DELETE
    public Response end(@PathParam("node") String id, @Context SecurityContext caller) {
        conductor.maintenance(id, Maintenance.NONE, CallerContext.requester(caller));
        return Response.accepted().build();
    }
}

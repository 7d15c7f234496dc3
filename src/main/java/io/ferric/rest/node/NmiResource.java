package io.ferric.rest.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.CallerContext;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.Set;

/** Sends a server a non-maskable interrupt. */
@Singleton
@Since(29)
@Path("/v1/nodes/{node}/management/inject_nmi")
@Produces(MediaType.APPLICATION_JSON)
public final class NmiResource {
    private final Conductor conductor;

    @Inject
    NmiResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @Needs(Right.NODE_INJECT_NMI)
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public void inject(@PathParam("node") String id, ObjectNode body, @Context SecurityContext caller) {
        Body.optional(body).only(Set.of());
        conductor.injectNmi(id, CallerContext.requester(caller));
    }
}

package io.ferric.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.node.Masking;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a server is made of and what it measures, and its interrupt. */
@Singleton
@Path("/v1/nodes/{node}")
@Produces(MediaType.APPLICATION_JSON)
public final class HardwareResource {
    private final Conductor conductor;

    @Inject
    HardwareResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    /** What the last inspection found. */
    @GET
    @Since(81)
    @Path("inventory")
    public Map<String, Object> inventory(@PathParam("node") String id) {
        return Map.of("inventory", Masking.mask(conductor.inventory(id)), "plugin_data", Map.of());
    }

    /** Ferric's own: Ironic only sends sensors to others. */
    @GET
    @Path("sensors")
    public Map<String, Object> sensors(@PathParam("node") String id) {
        return Map.of("sensors", Masking.mask(new LinkedHashMap<>(conductor.sensors(id))));
    }

    @PUT
    @Since(29)
    @Path("management/inject_nmi")
    @Consumes(MediaType.APPLICATION_JSON)
    public void injectNmi(@PathParam("node") String id, ObjectNode body, @Context SecurityContext caller) {
        Body.optional(body).only(Set.of());
        conductor.injectNmi(id, CallerContext.requester(caller));
    }
}

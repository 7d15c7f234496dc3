package io.ferric.rest.node;

import io.ferric.conductor.Conductor;
import io.ferric.node.Masking;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** What the last inspection of a server found. */
@Singleton
@Since(81)
@Path("/v1/nodes/{node}/inventory")
@Produces(MediaType.APPLICATION_JSON)
public final class InventoryResource {
    private final Conductor conductor;

    @Inject
    InventoryResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @Needs(Right.NODE_INVENTORY)
    @GET
    public Map<String, Object> show(@PathParam("node") String id) {
        return Map.of("inventory", Masking.mask(conductor.inventory(id)), "plugin_data", Map.of());
    }
}

package io.ferric.rest.node;

import io.ferric.conductor.Conductor;
import io.ferric.node.Masking;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Offer;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a server measures, asked of its hardware. Ferric's own: Ironic only sends sensors to others. */
@Singleton
@Path("/v1/nodes/{node}/sensors")
@Produces(MediaType.APPLICATION_JSON)
public final class SensorsResource {
    private final Conductor conductor;

    @Inject
    SensorsResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @Needs(Right.NODE_SENSORS)
    @GET
    public Map<String, Object> show(@PathParam("node") String id) {
        return Map.of("sensors", Masking.mask(new LinkedHashMap<>(conductor.sensors(id))));
    }
}

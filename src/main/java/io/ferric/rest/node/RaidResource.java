package io.ferric.rest.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.RequestRefused;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** RAID, which no driver does: an empty configuration is taken, any other refused as Ironic does for such a driver. */
@Singleton
@Path("/v1/nodes/{node}/states/raid")
@Produces(MediaType.APPLICATION_JSON)
public final class RaidResource {
    private static final int RAID = 12;

    private final Conductor conductor;

    @Inject
    RaidResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @Needs(Right.NODE_SET_RAID)
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public void set(@PathParam("node") String id, ObjectNode body, @BeanParam Call call) {
        call.need(RAID, "RAID");
        boolean empty = Body.required(body).object().isEmpty();
        String driver = conductor.node(id).spec().driver();
        if (!empty) {
            throw new RequestRefused(404, "Driver " + driver + " does not support raid (disabled or not implemented).");
        }
    }
}

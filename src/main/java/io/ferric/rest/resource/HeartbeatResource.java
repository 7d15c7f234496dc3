package io.ferric.rest.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Set;

/** That a ramdisk with Ironic's agent in it lives. The ramdisks of Ferric's drivers have no such agent, so it is answered as for a node that expects none. */
@Singleton
@Since(22)
@Path("/v1/heartbeat")
@Produces(MediaType.APPLICATION_JSON)
public final class HeartbeatResource {
    private static final Set<String> HEARTBEAT = Set.of(
            "callback_url", "agent_version", "agent_token", "agent_verify_ca", "agent_status", "agent_status_message");

    private final Conductor conductor;

    @Inject
    HeartbeatResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    /** Refused: no driver expects an agent. */
    @Needs(Right.NODE_HEARTBEAT)
    @POST
    @Path("{node}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Map<String, Object> heartbeat(@PathParam("node") String id, ObjectNode body) {
        Body said = Body.required(body).only(HEARTBEAT);
        HEARTBEAT.forEach(said::text);
        said.requiredText("callback_url");
        Node node = conductor.node(id);
        said.requiredText("agent_token");
        throw new InvalidRequest(
                FaultCode.UNSUPPORTED_DRIVER_EXTENSION,
                "Driver " + node.spec().driver() + " does not support heartbeat (disabled or not implemented).",
                "");
    }
}

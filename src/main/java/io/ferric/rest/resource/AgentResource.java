package io.ferric.rest.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.NotFound;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.Query;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Set;

/**
 * What a ramdisk with Ironic's agent in it asks. The ramdisks of Ferric's drivers have no agent, so each of these is
 * answered as Ironic answers for a node that expects none.
 */
@Singleton
@Path("/v1")
@Produces(MediaType.APPLICATION_JSON)
public final class AgentResource {
    private static final Set<String> HEARTBEAT = Set.of(
            "callback_url",
            "agent_version",
            "agent_token",
            "agent_verify_ca",
            "agent_status",
            "agent_status_message");

    private final Conductor conductor;

    @Inject
    AgentResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    /** Finds no node: it says nothing of those there are, since anybody may ask. */
    @GET
    @Since(22)
    @Path("lookup")
    public Map<String, Object> lookup(@BeanParam Call call) {
        Query query = call.query(Set.of("addresses", "node_uuid"));
        if (query.uuid("node_uuid").isEmpty() && query.list("addresses").isEmpty()) {
            throw new InvalidRequest(
                    "IncompleteLookup", "At least one of 'node_uuid' and 'addresses' must be there.", "");
        }
        throw new NotFound("NotFound", "No node that expects an agent was found.", "");
    }

    /** Refused: no driver expects an agent. */
    @POST
    @Since(22)
    @Path("heartbeat/{node}")
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

    /** Finds no node: no inspection waits for an agent. */
    @POST
    @Since(84)
    @Path("continue_inspection")
    @Consumes(MediaType.APPLICATION_JSON)
    public Map<String, Object> continueInspection(ObjectNode body) {
        if (!Body.required(body).object().path("inventory").isObject()) {
            throw RequestRefused.invalid("'inventory' must be an object.", "Send what was found on the server.");
        }
        throw new NotFound("NotFound", "No node whose inspection waits for an agent was found.", "");
    }
}

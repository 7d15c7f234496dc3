package io.ferric.rest.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.node.NotFound;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.data.Since;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** What a ramdisk with Ironic's agent in it has found. The ramdisks of Ferric's drivers have no such agent, so it is answered as for a node that expects none. */
@Singleton
@Since(84)
@Path("/v1/continue_inspection")
@Produces(MediaType.APPLICATION_JSON)
public final class ContinueInspectionResource {
    public ContinueInspectionResource() {}

    /** Finds no node: no inspection waits for an agent. */
    @Needs(Right.CONTINUE_INSPECTION)
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Map<String, Object> continueInspection(ObjectNode body) {
        if (!Body.required(body).object().path("inventory").isObject()) {
            throw RequestRefused.invalid("'inventory' must be an object.", "Send what was found on the server.");
        }
        throw new NotFound("NotFound", "No node whose inspection waits for an agent was found.", "");
    }
}

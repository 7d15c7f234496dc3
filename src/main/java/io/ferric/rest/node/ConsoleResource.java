package io.ferric.rest.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.RequestRefused;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The console of a server, which no driver has: always off, and refused when asked for, as Ironic's no-console. */
@Singleton
@Path("/v1/nodes/{node}/states/console")
@Produces(MediaType.APPLICATION_JSON)
public final class ConsoleResource {
    private final Conductor conductor;

    @Inject
    ConsoleResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @Needs(Right.NODE_GET_CONSOLE)
    @GET
    public Map<String, Object> show(@PathParam("node") String id) {
        conductor.node(id);
        Map<String, Object> console = new LinkedHashMap<>();
        console.put("console_enabled", false);
        console.put("console_info", null);
        return console;
    }

    @Needs(Right.NODE_SET_CONSOLE)
    @PUT
    @Consumes(MediaType.APPLICATION_JSON)
    public void set(@PathParam("node") String id, ObjectNode body) {
        Body.required(body)
                .only(Set.of("enabled"))
                .bool("enabled")
                .orElseThrow(() -> RequestRefused.invalid("'enabled' is missing.", "Send true or false."));
        String driver = conductor.node(id).spec().driver();
        throw new InvalidRequest(
                FaultCode.UNSUPPORTED_DRIVER_EXTENSION,
                "Driver " + driver + " does not support console (disabled or not implemented).",
                "");
    }
}

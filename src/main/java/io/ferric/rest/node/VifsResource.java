package io.ferric.rest.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Which virtual interfaces of an instance are on a node's ports. Source: Ironic's network interfaces noop and flat. */
@Singleton
@Since(28)
@Path("/v1/nodes/{node}/vifs")
@Produces(MediaType.APPLICATION_JSON)
public final class VifsResource {
    private static final int CHOICE_OF_PORT = 67;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._~-]{1,255}");

    private final Conductor conductor;

    @Inject
    VifsResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @Needs(Right.NODE_VIF_LIST)
    @GET
    public Map<String, List<Map<String, String>>> list(@PathParam("node") String id) {
        return Map.of(
                "vifs",
                conductor.vifs(id).stream().map(vif -> Map.of("id", vif)).toList());
    }

    @Needs(Right.NODE_VIF_ATTACH)
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public void attach(@PathParam("node") String id, ObjectNode body, @BeanParam Call call) {
        Body asked = Body.required(body);
        String vif = asked.requiredText("id");
        if (!NAME.matcher(vif).matches()) {
            throw RequestRefused.invalid(
                    "'id' is neither a UUID nor a name.", "Send the UUID of the virtual interface.");
        }
        Optional<UUID> port = call.version().has(CHOICE_OF_PORT) ? asked.uuid("port_uuid") : Optional.empty();
        if (call.version().has(CHOICE_OF_PORT) && asked.uuid("portgroup_uuid").isPresent()) {
            throw RequestRefused.invalid(
                    port.isPresent()
                            ? "'port_uuid' and 'portgroup_uuid' are both given."
                            : "'portgroup_uuid' is given, but a virtual interface is attached to a port here.",
                    "Give 'port_uuid', or neither.");
        }
        conductor.attachVif(id, vif, port);
    }

    @Needs(Right.NODE_VIF_DETACH)
    @DELETE
    @Path("{vif}")
    public void detach(@PathParam("node") String id, @PathParam("vif") String vif) {
        conductor.detachVif(id, vif);
    }
}

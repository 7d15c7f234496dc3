package io.ferric.rest.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events that other services, such as the network service, tell of. */
@Singleton
@Since(54)
@Path("/v1/events")
@Produces(MediaType.APPLICATION_JSON)
public final class EventsResource {
    private static final Logger LOG = LoggerFactory.getLogger(EventsResource.class);
    private static final Set<String> KINDS = Set.of("network.bind_port", "network.unbind_port", "network.delete_port");
    private static final List<String> NEEDED = List.of("event", "port_id", "mac_address", "status");
    private static final Set<String> KNOWN =
            Set.of("event", "port_id", "mac_address", "status", "device_id", "binding:host_id", "binding:vnic_type");
    private static final String MAC = "(?i)[0-9a-f]{2}([:-])(?:[0-9a-f]{2}\\1){4}[0-9a-f]{2}";

    public EventsResource() {}

    /** Takes note of events; nothing waits for them, as in Ironic. */
    @Needs(Right.EVENTS_POST)
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public void tell(ObjectNode body) {
        JsonNode events = Body.required(body).only(Set.of("events")).object().path("events");
        if (!events.isArray() || events.isEmpty()) {
            throw RequestRefused.invalid("'events' must be a list of at least one event.", "");
        }
        events.forEach(EventsResource::check);
        LOG.debug("{} events were told of", events.size());
    }

    private static void check(JsonNode event) {
        if (!(event instanceof ObjectNode object)) {
            throw RequestRefused.invalid("'events' must hold objects.", "");
        }
        Body said = Body.required(object);
        String kind = said.requiredText("event");
        if (!KINDS.contains(kind)) {
            throw RequestRefused.invalid(
                    "'event' is '" + kind + "'.",
                    "There are network.bind_port, network.delete_port and network.unbind_port.");
        }
        said.only(KNOWN);
        NEEDED.forEach(said::requiredText);
        List.of("port_id", "device_id", "binding:host_id").forEach(said::uuid);
        said.text("binding:vnic_type");
        if (!said.requiredText("mac_address").matches(MAC)) {
            throw RequestRefused.invalid("'mac_address' is no MAC address.", "Write it as 52:54:00:12:34:56.");
        }
    }
}

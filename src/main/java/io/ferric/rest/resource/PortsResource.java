package io.ferric.rest.resource;

import io.ferric.conductor.Conductor;
import io.ferric.node.Port;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.PortData;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ports, the network interfaces of nodes. */
@Singleton
@Path("/v1/ports")
@Produces(MediaType.APPLICATION_JSON)
public final class PortsResource extends EntriesResource<Port> {
    private static final Kind<Port> KIND = new Kind<>(
            "port",
            List.of("ports"),
            Port.class,
            PortData.class,
            List.of("uuid", "address", "links"),
            Fields.DETAIL_PARAMETER,
            Set.of("node", "node_uuid", "address", "portgroup", "shard"),
            Map.of("pxe_enabled", true),
            List.of(),
            RecordRights.PORT,
            Map.of(),
            Conductor::ports);

    @Inject
    public PortsResource(Offer offer) {
        super(offer, KIND);
    }
}

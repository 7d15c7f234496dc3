package io.ferric.rest.resource;

import io.ferric.conductor.Conductor;
import io.ferric.node.Portgroup;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.PortgroupData;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Ports that work together. */
@Singleton
@Since(23)
@Path("/v1/portgroups")
@Produces(MediaType.APPLICATION_JSON)
public final class PortgroupsResource extends EntriesResource<Portgroup> {
    private static final Kind<Portgroup> KIND = new Kind<>(
            "portgroup",
            List.of("portgroups"),
            Portgroup.class,
            PortgroupData.class,
            List.of("uuid", "address", "name", "links"),
            Fields.DETAIL_PARAMETER,
            Set.of("node", "address"),
            Map.of("standalone_ports_supported", true, "mode", "active-backup"),
            List.of("ports"),
            RecordRights.PORTGROUP,
            Map.of(),
            Conductor::portgroups);

    @Inject
    public PortgroupsResource(Offer offer) {
        super(offer, KIND);
    }
}

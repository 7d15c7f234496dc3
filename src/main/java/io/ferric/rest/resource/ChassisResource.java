package io.ferric.rest.resource;

import io.ferric.conductor.Conductor;
import io.ferric.node.Chassis;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.ChassisData;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What nodes are in together. */
@Singleton
@Path("/v1/chassis")
@Produces(MediaType.APPLICATION_JSON)
public final class ChassisResource extends EntriesResource<Chassis> {
    private static final Kind<Chassis> KIND = new Kind<>(
            "chassis",
            List.of("chassis"),
            Chassis.class,
            ChassisData.class,
            List.of("uuid", "description", "links"),
            Fields.DETAIL_PARAMETER,
            Set.of(),
            Map.of(),
            List.of("nodes"),
            RecordRights.CHASSIS,
            Map.of(),
            Conductor::chassis);

    @Inject
    public ChassisResource(Offer offer) {
        super(offer, KIND);
    }
}

package io.ferric.rest.node;

import io.ferric.conductor.Conductor;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.FirmwareData;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which firmware a server runs, asked of its hardware; none where the driver cannot. */
@Singleton
@Since(86)
@Path("/v1/nodes/{node}/firmware")
@Produces(MediaType.APPLICATION_JSON)
public final class FirmwareResource {
    private final Conductor conductor;

    @Inject
    FirmwareResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @Needs(Right.NODE_FIRMWARE_GET)
    @GET
    public Map<String, List<FirmwareData>> list(@PathParam("node") String id) {
        return Map.of(
                "firmware",
                conductor.firmware(id).stream()
                        .map(each -> new FirmwareData(
                                each.name(),
                                each.version(),
                                each.version(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                        .toList());
    }
}

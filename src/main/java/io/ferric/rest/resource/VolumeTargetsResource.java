package io.ferric.rest.resource;

import io.ferric.conductor.Conductor;
import io.ferric.node.VolumeTarget;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.Since;
import io.ferric.rest.data.VolumeTargetData;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The volumes of nodes in storage networks. */
@Singleton
@Since(32)
@Path("/v1/volume/targets")
@Produces(MediaType.APPLICATION_JSON)
public final class VolumeTargetsResource extends EntriesResource<VolumeTarget> {
    private static final Kind<VolumeTarget> KIND = new Kind<>(
            "volume target",
            List.of("volume", "targets"),
            VolumeTarget.class,
            VolumeTargetData.class,
            List.of("uuid", "node_uuid", "volume_type", "boot_index", "volume_id", "links"),
            32,
            Set.of("node"),
            Map.of(),
            List.of(),
            RecordRights.VOLUME,
            Map.of("properties", Right.VOLUME_TARGET_PROPERTIES),
            Conductor::volumeTargets);

    @Inject
    public VolumeTargetsResource(Offer offer) {
        super(offer, KIND);
    }
}

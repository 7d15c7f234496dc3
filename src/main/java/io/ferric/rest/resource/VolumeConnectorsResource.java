package io.ferric.rest.resource;

import io.ferric.conductor.Conductor;
import io.ferric.node.VolumeConnector;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.Since;
import io.ferric.rest.data.VolumeConnectorData;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What nodes are in storage networks. */
@Singleton
@Since(32)
@Path("/v1/volume/connectors")
@Produces(MediaType.APPLICATION_JSON)
public final class VolumeConnectorsResource extends EntriesResource<VolumeConnector> {
    private static final Kind<VolumeConnector> KIND = new Kind<>(
            "volume connector",
            List.of("volume", "connectors"),
            VolumeConnector.class,
            VolumeConnectorData.class,
            List.of("uuid", "node_uuid", "type", "connector_id", "links"),
            32,
            Set.of("node"),
            Map.of(),
            List.of(),
            RecordRights.VOLUME,
            Map.of(),
            Conductor::volumeConnectors);

    @Inject
    public VolumeConnectorsResource(Offer offer) {
        super(offer, KIND);
    }
}

package io.ferric.rest.node;

import io.ferric.conductor.Conductor;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.Since;
import io.ferric.rest.resource.VolumeConnectorsResource;
import io.ferric.rest.resource.VolumeResource;
import io.ferric.rest.resource.VolumeTargetsResource;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** What one node has to do with storage networks. */
@Singleton
@Since(32)
@Path("/v1/nodes/{node}/volume")
@Produces(MediaType.APPLICATION_JSON)
public final class NodeVolumeResource {
    private final Conductor conductor;
    private final VolumeConnectorsResource connectors;
    private final VolumeTargetsResource targets;

    @Inject
    NodeVolumeResource(Offer offer) {
        this.conductor = offer.conductor();
        this.connectors = new VolumeConnectorsResource(offer);
        this.targets = new VolumeTargetsResource(offer);
    }

    @Needs(Right.VOLUME_GET)
    @GET
    public Map<String, Object> index(@PathParam("node") String id, @BeanParam Call call) {
        conductor.node(id);
        return VolumeResource.index(call.links(), "nodes", id, "volume");
    }

    @Needs(Right.VOLUME_GET)
    @GET
    @Path("connectors")
    public Map<String, Object> connectors(@PathParam("node") String id, @BeanParam Call call) {
        return connectors.listOfNode(id, call);
    }

    @Needs(Right.VOLUME_GET)
    @GET
    @Path("targets")
    public Map<String, Object> targets(@PathParam("node") String id, @BeanParam Call call) {
        return targets.listOfNode(id, call);
    }
}

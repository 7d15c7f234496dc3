package io.ferric.rest.resource;

import io.ferric.conductor.Conductor;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;

/** The ports of one port group. */
@Singleton
@Since(24)
@Path("/v1/portgroups/{portgroup}/ports")
@Produces(MediaType.APPLICATION_JSON)
public final class PortgroupPortsResource {
    private final Conductor conductor;
    private final PortsResource ports;

    @Inject
    PortgroupPortsResource(Offer offer) {
        this.conductor = offer.conductor();
        this.ports = new PortsResource(offer);
    }

    @Needs(Right.PORT_LIST)
    @GET
    public Map<String, Object> list(@PathParam("portgroup") String id, @BeanParam Call call) {
        return ports.listWhere(
                "portgroup_uuid",
                new RecordAccess(conductor, call.access())
                        .entry(conductor.portgroups(), id, Right.PORTGROUP_GET)
                        .uuid(),
                call);
    }
}

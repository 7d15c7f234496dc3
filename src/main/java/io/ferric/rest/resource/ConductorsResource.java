package io.ferric.rest.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.conductor.ConductorInfo;
import io.ferric.node.NotFound;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.Links;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.Query;
import io.ferric.rest.data.ConductorData;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The conductors that share the database. */
@Singleton
@Since(49)
@Path("/v1/conductors")
@Produces(MediaType.APPLICATION_JSON)
public final class ConductorsResource {
    private static final List<String> SUMMARY = List.of("hostname", "conductor_group", "alive", "links");

    private final Conductor conductor;

    @Inject
    ConductorsResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    /** Lists conductors by name; there are few, so they come in one page. */
    @Needs(Right.CONDUCTOR_GET)
    @GET
    public Map<String, List<ObjectNode>> list(@BeanParam Call call) {
        Query query = call.query(Set.of("detail", "fields"));
        Fields fields = Fields.ofList(query, call.version(), ConductorData.class, SUMMARY);
        return Map.of(
                "conductors",
                conductor.conductors().stream()
                        .map(each -> fields.of(view(each, call.links())))
                        .toList());
    }

    @Needs(Right.CONDUCTOR_GET)
    @GET
    @Path("{conductor}")
    public ObjectNode show(@PathParam("conductor") String host, @BeanParam Call call) {
        Fields fields = Fields.ofOne(call.query(Set.of("fields")), call.version(), ConductorData.class);
        return conductor.conductors().stream()
                .filter(each -> each.host().equals(host))
                .findFirst()
                .map(each -> fields.of(view(each, call.links())))
                .orElseThrow(() -> new NotFound("ConductorNotFound", "Conductor " + host + " could not be found.", ""));
    }

    private static ConductorData view(ConductorInfo conductor, Links links) {
        return new ConductorData(
                conductor.host(),
                "",
                conductor.alive(),
                List.copyOf(conductor.drivers()),
                Optional.of(conductor.createdAt()),
                Optional.of(conductor.heartbeatAt()),
                links.pair("conductors", conductor.host()));
    }
}

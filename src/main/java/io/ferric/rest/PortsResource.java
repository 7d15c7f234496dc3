package io.ferric.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.conductor.PortQuery;
import io.ferric.node.Port;
import io.ferric.rest.data.PortData;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Ports, the network interfaces of nodes: create, list, show, change, delete. */
@Singleton
@Path("/v1/ports")
@Produces(MediaType.APPLICATION_JSON)
public final class PortsResource {
    private static final Set<String> PARAMETERS =
            Set.of("node", "node_uuid", "address", "fields", "detail", "limit", "marker");
    private static final List<String> SUMMARY = List.of("uuid", "address", "links");

    private final Conductor conductor;
    private final int maxPageSize;
    private final Supplier<UUID> uuids;

    @Inject
    PortsResource(Offer offer) {
        this.conductor = offer.conductor();
        this.maxPageSize = offer.maxPageSize();
        this.uuids = offer.uuids();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(ObjectNode body, @Context UriInfo request) {
        Body asked = PortDocument.created(body);
        Port port = conductor.createPort(
                asked.uuid("uuid").orElseGet(uuids),
                asked.requiredText("node_uuid"),
                asked.requiredText("address"),
                asked.map("extra"));
        Links links = Links.of(request);
        return Response.created(links.uri("ports", port.uuid().toString()))
                .entity(Views.port(port, links))
                .build();
    }

    @GET
    public Map<String, Object> list(@Context UriInfo request) {
        Query query = Query.of(request, PARAMETERS);
        Optional<String> node = query.text("node").or(() -> query.text("node_uuid"));
        return page(node, query, Fields.ofList(query, PortData.class, SUMMARY), request);
    }

    @GET
    @Path("detail")
    public Map<String, Object> listInDetail(@Context UriInfo request) {
        Query query = Query.of(request, PARAMETERS);
        Optional<String> node = query.text("node").or(() -> query.text("node_uuid"));
        return page(node, query, Fields.all(PortData.class), request);
    }

    /** The ports of one node, for {@code /v1/nodes/<node>/ports}. */
    Map<String, Object> listOfNode(String node, UriInfo request) {
        Query query = Query.of(request, Set.of("address", "fields", "detail", "limit", "marker"));
        return page(Optional.of(node), query, Fields.ofList(query, PortData.class, SUMMARY), request);
    }

    @GET
    @Path("{port}")
    public ObjectNode show(@PathParam("port") String id, @Context UriInfo request) {
        Fields fields = Fields.ofOne(Query.of(request, Set.of("fields")), PortData.class);
        return fields.of(Views.port(conductor.port(id), Links.of(request)));
    }

    @PATCH
    @Path("{port}")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_JSON_PATCH_JSON})
    public PortData change(@PathParam("port") String id, ArrayNode body, @Context UriInfo request) {
        JsonPatch patch = JsonPatch.of(body);
        return Views.port(conductor.updatePort(id, stored -> PortDocument.patched(stored, patch)), Links.of(request));
    }

    @DELETE
    @Path("{port}")
    public void delete(@PathParam("port") String id) {
        conductor.deletePort(id);
    }

    private Map<String, Object> page(Optional<String> node, Query query, Fields fields, UriInfo request) {
        int limit = query.limit(maxPageSize);
        Optional<String> address = query.text("address").map(text -> text.toLowerCase(Locale.ROOT));
        PortQuery ports = new PortQuery(node, address, query.uuid("marker"), limit + 1);
        Links links = Links.of(request);
        return new Page<>(limit, conductor.ports(ports))
                .body("ports", port -> fields.of(Views.port(port, links)), Port::uuid, request);
    }
}

package io.ferric.rest.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.conductor.PortQuery;
import io.ferric.node.Masking;
import io.ferric.node.Port;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.JsonPatch;
import io.ferric.rest.common.Links;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.Page;
import io.ferric.rest.common.Query;
import io.ferric.rest.data.PortData;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
    public PortsResource(Offer offer) {
        this.conductor = offer.conductor();
        this.maxPageSize = offer.maxPageSize();
        this.uuids = offer.uuids();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(ObjectNode body, @BeanParam Call call) {
        Body asked = PortDocument.created(body);
        Port port = conductor.createPort(
                asked.uuid("uuid").orElseGet(uuids),
                asked.requiredText("node_uuid"),
                asked.requiredText("address"),
                asked.map("extra"));
        Links links = call.links();
        return Response.created(links.uri("ports", port.uuid().toString()))
                .entity(view(port, links))
                .build();
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Query query = call.query(PARAMETERS);
        Optional<String> node = query.text("node").or(() -> query.text("node_uuid"));
        return page(node, query, Fields.ofList(query, call.version(), PortData.class, SUMMARY), call);
    }

    @GET
    @Path("detail")
    public Map<String, Object> listInDetail(@BeanParam Call call) {
        Query query = call.query(PARAMETERS);
        Optional<String> node = query.text("node").or(() -> query.text("node_uuid"));
        return page(node, query, Fields.all(call.version(), PortData.class), call);
    }

    /** The ports of one node, for {@code /v1/nodes/<node>/ports}. */
    public Map<String, Object> listOfNode(String node, Call call) {
        Query query = call.query(Set.of("address", "fields", "detail", "limit", "marker"));
        return page(Optional.of(node), query, Fields.ofList(query, call.version(), PortData.class, SUMMARY), call);
    }

    @GET
    @Path("{port}")
    public ObjectNode show(@PathParam("port") String id, @BeanParam Call call) {
        Fields fields = Fields.ofOne(call.query(Set.of("fields")), call.version(), PortData.class);
        return fields.of(view(conductor.port(id), call.links()));
    }

    @PATCH
    @Path("{port}")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_JSON_PATCH_JSON})
    public PortData change(@PathParam("port") String id, ArrayNode body, @BeanParam Call call) {
        JsonPatch patch = JsonPatch.of(body);
        return view(conductor.updatePort(id, stored -> PortDocument.patched(stored, patch)), call.links());
    }

    @DELETE
    @Path("{port}")
    public void delete(@PathParam("port") String id) {
        conductor.deletePort(id);
    }

    private Map<String, Object> page(Optional<String> node, Query query, Fields fields, Call call) {
        int limit = query.limit(maxPageSize);
        Optional<String> address = query.text("address").map(text -> text.toLowerCase(Locale.ROOT));
        PortQuery ports = new PortQuery(node, address, query.uuid("marker"), limit + 1);
        Links links = call.links();
        return new Page<>(limit, conductor.ports(ports))
                .body("ports", port -> fields.of(view(port, links)), Port::uuid, call.uri());
    }

    private static PortData view(Port port, Links links) {
        return new PortData(
                port.uuid(),
                port.address(),
                port.nodeUuid(),
                Masking.mask(port.extra()),
                Optional.of(port.createdAt()),
                port.updatedAt(),
                links.pair("ports", port.uuid().toString()));
    }
}

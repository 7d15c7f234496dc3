package io.ferric.rest.node;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.conductor.NodeQuery;
import io.ferric.driver.Findings;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.JsonPatch;
import io.ferric.rest.common.Links;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.Page;
import io.ferric.rest.common.Query;
import io.ferric.rest.data.NodeData;
import io.ferric.rest.data.ValidationData;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Nodes: enrol, list, show, change, delete, validate. */
@Singleton
@Path("/v1/nodes")
@Produces(MediaType.APPLICATION_JSON)
public final class NodesResource {
    private static final List<String> SUMMARY =
            List.of("uuid", "name", "instance_uuid", "maintenance", "power_state", "provision_state", "links");

    private final Conductor conductor;
    private final int maxPageSize;
    private final Supplier<UUID> uuids;

    @Inject
    NodesResource(Offer offer) {
        this.conductor = offer.conductor();
        this.maxPageSize = offer.maxPageSize();
        this.uuids = offer.uuids();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(ObjectNode body, @BeanParam Call call) {
        UUID uuid = NodeDocument.uuid(body).orElseGet(uuids);
        Node node = conductor.createNode(uuid, NodeDocument.created(body));
        Links links = call.links();
        return Response.created(links.uri("nodes", node.uuid().toString()))
                .entity(NodeViews.node(node, links))
                .build();
    }

    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Query query = call.query(NodeQueries.PARAMETERS);
        return page(query, Fields.ofList(query, call.version(), NodeData.class, SUMMARY), call);
    }

    @GET
    @Path("detail")
    public Map<String, Object> listInDetail(@BeanParam Call call) {
        return page(call.query(NodeQueries.PARAMETERS), Fields.all(call.version(), NodeData.class), call);
    }

    @GET
    @Path("{node}")
    public ObjectNode show(@PathParam("node") String id, @BeanParam Call call) {
        Fields fields = Fields.ofOne(call.query(Set.of("fields")), call.version(), NodeData.class);
        return fields.of(NodeViews.node(conductor.node(id), call.links()));
    }

    @PATCH
    @Path("{node}")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_JSON_PATCH_JSON})
    public NodeData change(@PathParam("node") String id, ArrayNode body, @BeanParam Call call) {
        JsonPatch patch = JsonPatch.of(body);
        return NodeViews.node(conductor.updateNode(id, stored -> NodeDocument.patched(stored, patch)), call.links());
    }

    @DELETE
    @Path("{node}")
    public void delete(@PathParam("node") String id) {
        conductor.deleteNode(id);
    }

    @GET
    @Path("{node}/validate")
    public Map<String, ValidationData> validate(@PathParam("node") String id) {
        Map<String, ValidationData> answer = new LinkedHashMap<>();
        Map<String, Findings> findings = conductor.validate(id);
        findings.forEach((part, found) -> answer.put(part, NodeViews.validation(found)));
        return answer;
    }

    /** The old form of {@link #validate}. */
    @GET
    @Path("validate")
    public Map<String, ValidationData> validateByQuery(@BeanParam Call call) {
        Query query = call.query(Set.of("node", "node_uuid"));
        return validate(query.text("node")
                .or(() -> query.text("node_uuid"))
                .orElseThrow(() ->
                        new InvalidRequest(FaultCode.MISSING_PARAMETER_VALUE, "'node' is missing in the query.", "")));
    }

    private Map<String, Object> page(Query query, Fields fields, Call call) {
        int limit = query.limit(maxPageSize);
        NodeQuery nodes = NodeQueries.of(query, limit + 1);
        Links links = call.links();
        return new Page<>(limit, conductor.nodes(nodes))
                .body("nodes", node -> fields.of(NodeViews.node(node, links)), Node::uuid, call.uri());
    }
}

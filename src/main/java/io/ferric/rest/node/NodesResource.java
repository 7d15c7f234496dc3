package io.ferric.rest.node;

import com.fasterxml.jackson.databind.JsonSerializable;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.conductor.NodeQuery;
import io.ferric.driver.Findings;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.NodeFilter;
import io.ferric.node.NodeSpec;
import io.ferric.node.ProvisionState;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.JsonPatch;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.Query;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.common.StreamedPage;
import io.ferric.rest.data.NodeData;
import io.ferric.rest.data.ValidationData;
import io.ferric.rest.resource.RecordAccess;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/** Nodes: enrol, list, show, change, delete, validate. */
@Singleton
@Path("/v1/nodes")
@Produces(MediaType.APPLICATION_JSON)
public final class NodesResource {
    private static final List<String> SUMMARY =
            List.of("uuid", "name", "instance_uuid", "maintenance", "power_state", "provision_state", "links");

    /** Since which version a new node begins in {@code enroll}; before it was available at once. */
    private static final int ENROLL = 11;

    private static final int RESET_INTERFACES = 45;

    private final Conductor conductor;
    private final int maxPageSize;
    private final Supplier<UUID> uuids;

    @Inject
    NodesResource(Offer offer) {
        this.conductor = offer.conductor();
        this.maxPageSize = offer.maxPageSize();
        this.uuids = offer.uuids();
    }

    @Needs(Right.NODE_CREATE)
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(ObjectNode body, @BeanParam Call call) {
        UUID uuid = Body.required(body).uuid("uuid").orElseGet(uuids);
        NodeSpec spec = FieldRights.ofCaller(NodeFields.created(body, call.version()), body, call.access());
        boolean maintenance = NodeFields.maintenance(body).orElse(false);
        Node node = call.version().has(ENROLL)
                ? conductor.createNode(uuid, spec)
                : conductor.createNode(uuid, spec, ProvisionState.AVAILABLE);
        if (maintenance) {
            conductor.maintenance(uuid.toString(), Maintenance.because(Optional.empty()), call.requester());
            node = conductor.node(uuid.toString());
        }
        return Response.created(call.links().uri("nodes", node.uuid().toString()))
                .entity(whole(node, call))
                .build();
    }

    @Needs(Right.NODE_LIST)
    @GET
    public StreamedPage<Node> list(@BeanParam Call call) {
        Query query = call.query(NodeQueries.PARAMETERS);
        return page(query, Fields.ofList(query, call.version(), NodeData.class, SUMMARY), call, Optional.empty());
    }

    /** Those of one chassis, for the address below it. */
    StreamedPage<Node> listOfChassis(String chassis, Call call) {
        Set<String> known = new TreeSet<>(NodeQueries.PARAMETERS);
        known.remove("chassis_uuid");
        Query query = call.query(known);
        Fields fields = Fields.ofList(query, call.version(), NodeData.class, SUMMARY);
        return page(query, fields, call, Optional.of(chassis));
    }

    @Needs(Right.NODE_LIST)
    @GET
    @Path("detail")
    public StreamedPage<Node> listInDetail(@BeanParam Call call) {
        Query query = call.query(NodeQueries.PARAMETERS);
        return page(query, Fields.ofDetails(query, call.version(), NodeData.class), call, Optional.empty());
    }

    @Needs(Right.NODE_GET)
    @GET
    @Path("{node}")
    public JsonSerializable show(@PathParam("node") String id, @BeanParam Call call) {
        Fields fields = Fields.ofOne(call.query(Set.of("fields")), call.version(), NodeData.class);
        return new NodeView(conductor, call).of(fields).apply(call.node().orElseGet(() -> conductor.node(id)));
    }

    @Needs(Right.NODE_UPDATE)
    @PATCH
    @Path("{node}")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_JSON_PATCH_JSON})
    public JsonSerializable change(@PathParam("node") String id, ArrayNode body, @BeanParam Call call) {
        JsonPatch patch = JsonPatch.of(body);
        boolean reset = resetsInterfaces(call, patch);
        NodeFields.require(patch, call.version());
        Optional<Boolean> maintenance = NodeFields.maintenance(patch);
        FieldRights rights = new FieldRights(call.access());
        rights.require(patch, call.node(), () -> conductor.node(id));
        Node node = conductor.updateNode(
                id, stored -> rights.still(stored, patch, NodeFields.patched(stored, patch, call.version(), reset)));
        if (maintenance.isPresent() && maintenance.get() != node.maintenance().on()) {
            conductor.maintenance(
                    id, maintenance.get() ? Maintenance.because(Optional.empty()) : Maintenance.NONE, call.requester());
            node = conductor.node(node.uuid().toString());
        }
        return whole(node, call);
    }

    private static boolean resetsInterfaces(Call call, JsonPatch patch) {
        Optional<Boolean> reset = call.query(Set.of("reset_interfaces")).bool("reset_interfaces");
        reset.ifPresent(asked -> call.need(RESET_INTERFACES, "'reset_interfaces'"));
        if (reset.orElse(false) && !patch.given().contains("driver")) {
            throw RequestRefused.invalid(
                    "'reset_interfaces' is given, but the patch does not change the driver.", "Leave it away.");
        }
        return reset.orElse(false);
    }

    private JsonSerializable whole(Node node, Call call) {
        Fields fields = Fields.all(call.version(), NodeData.class);
        return new NodeView(conductor, call).of(fields).apply(node);
    }

    @Needs(Right.NODE_DELETE)
    @DELETE
    @Path("{node}")
    public void delete(@PathParam("node") String id) {
        conductor.deleteNode(id);
    }

    @Needs(Right.NODE_VALIDATE)
    @GET
    @Path("{node}/validate")
    public Map<String, ValidationData> validate(@PathParam("node") String id) {
        Map<String, ValidationData> answer = new LinkedHashMap<>();
        Map<String, Findings> findings = conductor.validate(id);
        findings.forEach((part, found) -> answer.put(part, NodeViews.validation(found)));
        return answer;
    }

    /** The old form of {@link #validate}. */
    @Needs(Right.NODE_LIST)
    @GET
    @Path("validate")
    public Map<String, ValidationData> validateByQuery(@BeanParam Call call) {
        Query query = call.query(Set.of("node", "node_uuid"));
        String id = query.text("node")
                .or(() -> query.text("node_uuid"))
                .orElseThrow(() ->
                        new InvalidRequest(FaultCode.MISSING_PARAMETER_VALUE, "'node' is missing in the query.", ""));
        new RecordAccess(conductor, call.access()).require(Right.NODE_VALIDATE, id);
        return validate(id);
    }

    private StreamedPage<Node> page(Query query, Fields fields, Call call, Optional<String> ofChassis) {
        int limit = query.limit(maxPageSize);
        NodeQuery asked = NodeQueries.of(query, call, limit + 1, conductor::host);
        Optional<UUID> chassis = ofChassis
                .or(() -> query.text("chassis_uuid"))
                .map(id -> conductor.chassis().get(id).uuid());
        asked = asked.where(NodeFilter.CHASSIS, chassis);
        if (call.access().project().isPresent()) {
            RecordAccess mine = new RecordAccess(conductor, call.access());
            query.text("project").ifPresent(other -> call.access().requireOwn(Right.NODE_LIST, other));
            query.uuid("marker").ifPresent(marker -> mine.node(marker.toString()));
            asked = asked.where(NodeFilter.VISIBLE_TO, call.access().project());
        }
        NodeQuery nodes = NodeView.needsDocuments(fields.names()) ? asked : asked.withoutDocuments();
        NodeView view = new NodeView(conductor, call);
        return new StreamedPage<>(
                "nodes", limit, taker -> conductor.eachNode(nodes, taker), view.of(fields), Node::uuid, call.uri());
    }
}

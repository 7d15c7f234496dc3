package io.ferric.rest.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.AllocationRequest;
import io.ferric.conductor.Allocations;
import io.ferric.conductor.Conductor;
import io.ferric.node.Allocation;
import io.ferric.node.EntryQuery;
import io.ferric.node.Masking;
import io.ferric.node.Node;
import io.ferric.node.NotFound;
import io.ferric.rest.auth.Access;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.JsonPatch;
import io.ferric.rest.common.Links;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.Page;
import io.ferric.rest.common.Query;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.data.AllocationData;
import io.ferric.rest.data.Since;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Allocations: nodes asked for by resource class and traits. */
@Singleton
@Since(52)
@Path("/v1/allocations")
@Produces(MediaType.APPLICATION_JSON)
public final class AllocationsResource {
    private static final Set<String> PARAMETERS =
            Set.of("node", "resource_class", "state", "owner", "fields", "limit", "marker", "sort_key", "sort_dir");

    /** The microversions since which there are these. Source: Ironic's API history. */
    private static final int UPDATE = 57;

    private static final int BACKFILL = 58;
    private static final int OWNER = 60;

    private final Conductor conductor;
    private final int maxPageSize;
    private final Supplier<UUID> uuids;

    @Inject
    public AllocationsResource(Offer offer) {
        this.conductor = offer.conductor();
        this.maxPageSize = offer.maxPageSize();
        this.uuids = offer.uuids();
    }

    /** Asks for a node; which one is seen once the allocation is active. */
    @Needs(Right.ALLOCATION_CREATE)
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(ObjectNode body, @BeanParam Call call) {
        Body asked = AllocationDocument.created(body);
        asked.text("owner").ifPresent(owner -> call.need(OWNER, "'owner'"));
        asked.text("node").filter(node -> !call.version().has(BACKFILL)).ifPresent(node -> {
            throw RequestRefused.invalid(call.version().lacks("'node'", BACKFILL), "");
        });
        AllocationRequest request = ofCaller(AllocationDocument.request(asked), call.access());
        Allocation made = allocations().create(request, uuids);
        return Response.created(call.links().uri("allocations", made.uuid().toString()))
                .entity(shown(made, call))
                .build();
    }

    /** What a project asks for is the project's, and of nodes it sees. */
    private AllocationRequest ofCaller(AllocationRequest request, Access access) {
        if (access.project().isEmpty()) {
            return request;
        }
        request.owner().ifPresent(owner -> access.requireOwn(Right.ALLOCATION_CREATE, owner));
        request.candidates().forEach(node -> node(node, access));
        // who names the node sets its instance: that takes what a PATCH of instance_uuid takes
        request.node()
                .ifPresent(node -> access.require(
                        Right.NODE_UPDATE_INSTANCE, node(node, access).details().tenancy()));
        return request.ownedBy(access.project());
    }

    /** The node that a body or a query names, when the caller can see it. */
    private Node node(String id, Access access) {
        try {
            return access.visible(conductor.node(id), id);
        } catch (NotFound none) {
            throw Allocations.unknownNode(none);
        }
    }

    /** The allocation, unless it is another project's. */
    private Allocation visible(String id, Call call) {
        return visible(allocations().get(id), call, () -> Allocations.missing(id));
    }

    private static Allocation visible(Allocation allocation, Call call, Supplier<NotFound> unseen) {
        Optional<String> project = call.access().project();
        if (project.isPresent() && !allocation.wanted().owner().equals(project)) {
            throw unseen.get();
        }
        return allocation;
    }

    /** Lists allocations, those made first at the beginning unless another order is asked for. */
    @Needs(Right.ALLOCATION_LIST)
    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Query query = call.query(PARAMETERS);
        Fields fields = Fields.ofOne(query, call.version(), AllocationData.class);
        query.text("owner").ifPresent(owner -> call.need(OWNER, "The filter 'owner'"));
        int limit = query.limit(maxPageSize);
        Links links = call.links();
        return new Page<>(limit, allocations().list(wanted(query, call).limit(limit + 1)))
                .body("allocations", each -> fields.of(view(each, links)), Allocation::uuid, call.uri());
    }

    private EntryQuery wanted(Query query, Call call) {
        Access access = call.access();
        query.text("owner").ifPresent(owner -> access.requireOwn(Right.ALLOCATION_LIST, owner));
        query.uuid("marker").ifPresent(marker -> visible(marker.toString(), call));
        EntryQuery wanted = EntryQuery.all()
                .where("node_uuid", query.text("node").map(node -> node(node, access)
                        .uuid()))
                .where("resource_class", query.text("resource_class"))
                .where("state", query.text("state").map(word -> state(word).wireName()))
                .where("owner", access.project().or(() -> query.text("owner")))
                .sortedBy(sortKey(query), query.descending());
        return query.uuid("marker").map(wanted::after).orElse(wanted);
    }

    /** Ironic's {@code id} counts up as allocations are made. */
    private static String sortKey(Query query) {
        return query.text("sort_key").filter(key -> !key.equals("id")).orElse("created_at");
    }

    private static Allocation.State state(String word) {
        return Allocation.State.ofWireName(word)
                .orElseThrow(() -> Query.wrong("state", word, "is none of allocating, active, error"));
    }

    @Needs(Right.ALLOCATION_GET)
    @GET
    @Path("{allocation}")
    public ObjectNode show(@PathParam("allocation") String id, @BeanParam Call call) {
        Fields fields = Fields.ofOne(call.query(Set.of("fields")), call.version(), AllocationData.class);
        return fields.of(view(visible(id, call), call.links()));
    }

    /** Changes the name or the extra values. */
    @Needs(Right.ALLOCATION_UPDATE)
    @PATCH
    @Since(UPDATE)
    @Path("{allocation}")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_JSON_PATCH_JSON})
    public ObjectNode change(@PathParam("allocation") String id, ArrayNode body, @BeanParam Call call) {
        JsonPatch patch = JsonPatch.of(body);
        visible(id, call);
        return shown(allocations().update(id, stored -> AllocationDocument.patched(stored, patch)), call);
    }

    /** Forgets the allocation and frees its node. */
    @Needs(Right.ALLOCATION_DELETE)
    @DELETE
    @Path("{allocation}")
    public void delete(@PathParam("allocation") String id, @BeanParam Call call) {
        visible(id, call);
        allocations().delete(id);
    }

    /** The allocation of a node, for {@code /v1/nodes/<node>/allocation}. */
    public ObjectNode ofNode(String node, Call call) {
        Fields fields = Fields.ofOne(call.query(Set.of("fields")), call.version(), AllocationData.class);
        return fields.of(view(ofNode(node, Right.ALLOCATION_GET, call), call.links()));
    }

    /** Frees a node, for {@code /v1/nodes/<node>/allocation}. */
    public void deleteOfNode(String node, Call call) {
        allocations().delete(ofNode(node, Right.ALLOCATION_DELETE, call).uuid().toString());
    }

    private Allocation ofNode(String node, Right right, Call call) {
        call.access().require(right);
        return visible(allocations().ofNode(node), call, () -> Allocations.missingOfNode(node));
    }

    private static ObjectNode shown(Allocation allocation, Call call) {
        return Fields.all(call.version(), AllocationData.class).of(view(allocation, call.links()));
    }

    private static AllocationData view(Allocation allocation, Links links) {
        Allocation.Wanted wanted = allocation.wanted();
        return new AllocationData(
                allocation.uuid(),
                wanted.candidates(),
                Masking.mask(allocation.extra()),
                allocation.lastError().map(Masking::text),
                allocation.name(),
                allocation.node(),
                wanted.owner(),
                wanted.resourceClass(),
                allocation.state().wireName(),
                List.copyOf(wanted.traits()),
                Optional.of(allocation.createdAt()),
                allocation.updatedAt(),
                links.pair("allocations", allocation.uuid().toString()));
    }

    private Allocations allocations() {
        return conductor.allocations();
    }
}

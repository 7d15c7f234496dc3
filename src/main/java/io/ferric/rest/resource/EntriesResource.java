package io.ferric.rest.resource;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.conductor.Registry;
import io.ferric.node.Entry;
import io.ferric.node.EntryQuery;
import io.ferric.node.NodeFilter;
import io.ferric.node.Port;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.JsonPatch;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.Page;
import io.ferric.rest.common.Query;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Entries of one kind: create, list, show, change, delete. What differs between kinds is in its table of fields.
 */
// public, because Jersey does not see what a public class inherits from one that is not
public abstract class EntriesResource<T extends Record & Entry> {
    private static final Set<String> OF_EVERY_LIST =
            Set.of("fields", "detail", "limit", "marker", "sort_key", "sort_dir");

    private final Conductor conductor;
    private final int maxPageSize;
    private final Supplier<UUID> uuids;
    private final Kind<T> kind;
    private final EntryDocument<T> document;

    EntriesResource(Offer offer, Kind<T> kind) {
        this.conductor = offer.conductor();
        this.maxPageSize = offer.maxPageSize();
        this.uuids = offer.uuids();
        this.kind = kind;
        this.document = new EntryDocument<>(kind);
    }

    @Needs(Right.RECORD)
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response create(ObjectNode body, @BeanParam Call call) {
        access(call).requireAnywhere(kind.rights().create());
        T asked = document.created(body, call, uuids);
        access(call).requireNew(asked, kind.rights().create());
        T entry = registry().create(asked);
        return Response.created(call.links().uri(document.address(entry.uuid().toString())))
                .entity(Fields.all(call.version(), kind.shown()).only(shown(entry, call)))
                .build();
    }

    @Needs(Right.RECORD)
    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Query query = query(call, kind.filters());
        return page(EntryQuery.all(), query, listFields(query, call), call);
    }

    @Needs(Right.RECORD)
    @GET
    @Path("detail")
    public Map<String, Object> listInDetail(@BeanParam Call call) {
        Query query = query(call, kind.filters());
        return page(EntryQuery.all(), query, Fields.ofDetails(query, call.version(), kind.shown()), call);
    }

    /** Those of one node, for the address below the node. */
    public Map<String, Object> listOfNode(String node, Call call) {
        Query query = query(call, belowOthers());
        return page(ofNode(node, call), query, listFields(query, call), call);
    }

    /** As {@link #listOfNode}, with all fields. */
    public Map<String, Object> detailsOfNode(String node, Call call) {
        Query query = query(call, belowOthers());
        return page(ofNode(node, call), query, Fields.ofDetails(query, call.version(), kind.shown()), call);
    }

    private EntryQuery ofNode(String node, Call call) {
        return EntryQuery.ofNode(
                call.node().orElseGet(() -> conductor.node(node)).uuid());
    }

    private Set<String> belowOthers() {
        Set<String> filters = new LinkedHashSet<>(kind.filters());
        filters.removeAll(Set.of("node", "node_uuid", "portgroup", "shard"));
        return filters;
    }

    /** Those of which this field has this value, for the address below what that is. */
    Map<String, Object> listWhere(String field, Object value, Call call) {
        Query query = query(call, Set.of("address"));
        return page(EntryQuery.all().where(field, value), query, listFields(query, call), call);
    }

    @Needs(Right.RECORD)
    @GET
    @Path("{id}")
    public ObjectNode show(@PathParam("id") String id, @BeanParam Call call) {
        Fields fields = Fields.ofOne(call.query(Set.of("fields")), call.version(), kind.shown());
        return fields.only(shown(get(id, call), call));
    }

    @Needs(Right.RECORD)
    @PATCH
    @Path("{id}")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.APPLICATION_JSON_PATCH_JSON})
    public ObjectNode change(@PathParam("id") String id, ArrayNode body, @BeanParam Call call) {
        access(call).entry(registry(), id, kind.rights().update());
        JsonPatch patch = JsonPatch.of(body);
        T entry = registry().update(id, stored -> document.patched(stored, patch, call));
        return Fields.all(call.version(), kind.shown()).only(shown(entry, call));
    }

    @Needs(Right.RECORD)
    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") String id, @BeanParam Call call) {
        access(call).entry(registry(), id, kind.rights().delete());
        registry().delete(id);
    }

    /** The entry, when the caller can see it. */
    T get(String id, Call call) {
        return access(call).entry(registry(), id, kind.rights().get());
    }

    private ObjectNode shown(T entry, Call call) {
        ObjectNode shown = document.shown(entry, call);
        kind.guarded().forEach((field, right) -> {
            if (!access(call).may(right, entry)) {
                shown.putObject(field)
                        .put("redacted_contents", "** Redacted - requires " + right.policy() + " permission. **");
            }
        });
        return shown;
    }

    private RecordAccess access(Call call) {
        return new RecordAccess(conductor, call.access());
    }

    private Registry<T> registry() {
        return kind.registry().apply(conductor);
    }

    private static Query query(Call call, Set<String> filters) {
        Set<String> known = new LinkedHashSet<>(OF_EVERY_LIST);
        known.addAll(filters);
        return call.query(known);
    }

    private Fields listFields(Query query, Call call) {
        return Fields.ofList(query, call.version(), kind.shown(), kind.summary(), kind.detailSince());
    }

    private Map<String, Object> page(EntryQuery all, Query query, Fields fields, Call call) {
        int limit = query.limit(maxPageSize);
        call.access().require(kind.rights().list());
        EntryQuery wanted = access(call)
                .visible(narrowed(all, query, call))
                .limit(limit + 1)
                .sortedBy(query.text("sort_key").orElse("created_at"), query.descending());
        query.uuid("marker")
                .filter(any -> call.access().project().isPresent())
                .ifPresent(marker -> get(marker.toString(), call));
        List<T> found = registry().list(query.uuid("marker").map(wanted::after).orElse(wanted));
        return new Page<>(limit, found)
                .body(kind.plural(), entry -> fields.only(shown(entry, call)), Entry::uuid, call.uri());
    }

    /** Every filter is known to one kind or another; which kind knows which was checked when the query was read. */
    private EntryQuery narrowed(EntryQuery all, Query query, Call call) {
        EntryQuery wanted = all;
        for (String name : List.of("node", "node_uuid")) {
            if (query.text(name).isPresent()) {
                wanted = wanted.where(
                        "node_uuid", access(call).node(query.text(name).get()).uuid());
            }
        }
        wanted = wanted.where("address", query.text("address").map(Port::normalized));
        if (query.text("portgroup").isPresent()) {
            call.need(24, "The filter 'portgroup'");
            wanted = wanted.where(
                    "portgroup_uuid",
                    access(call)
                            .entry(
                                    conductor.portgroups(),
                                    query.text("portgroup").get(),
                                    Right.PORTGROUP_GET)
                            .uuid());
        }
        if (!query.list("shard").isEmpty()) {
            call.need(82, "The filter 'shard'");
            wanted = wanted.whereNode(NodeFilter.SHARD, query.list("shard"));
        }
        return wanted;
    }
}

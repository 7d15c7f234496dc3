package io.ferric.rest.node;

import io.ferric.conductor.Conductor;
import io.ferric.node.NotFound;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Fields;
import io.ferric.rest.common.Links;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.Page;
import io.ferric.rest.common.Query;
import io.ferric.rest.data.HistoryData;
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
import java.util.Set;
import java.util.UUID;

/** What happened to a node, oldest first. */
@Singleton
@Since(78)
@Path("/v1/nodes/{node}/history")
@Produces(MediaType.APPLICATION_JSON)
public final class HistoryResource {
    private static final Set<String> PARAMETERS = Set.of("detail", "limit", "marker");

    private static final List<String> SUMMARY = List.of("uuid", "created_at", "severity", "event", "links");

    /** How much of an event a list without details shows. */
    private static final int LONGEST = 255;

    private final Conductor conductor;
    private final int maxPageSize;

    @Inject
    HistoryResource(Offer offer) {
        this.conductor = offer.conductor();
        this.maxPageSize = offer.maxPageSize();
    }

    @Needs(Right.NODE_HISTORY)
    @GET
    public Map<String, Object> list(@PathParam("node") String id, @BeanParam Call call) {
        Query query = call.query(PARAMETERS);
        boolean detail = query.bool("detail").orElse(false);
        Fields fields = Fields.ofList(query, call.version(), HistoryData.class, SUMMARY);
        return Page.of(entries(id, call), HistoryData::uuid, query, maxPageSize)
                .body("history", entry -> fields.of(detail ? entry : shortened(entry)), HistoryData::uuid, call.uri());
    }

    @Needs(Right.NODE_HISTORY)
    @GET
    @Path("{event}")
    public HistoryData show(@PathParam("node") String id, @PathParam("event") String event, @BeanParam Call call) {
        return entries(id, call).stream()
                .filter(each -> each.uuid().toString().equals(event))
                .findFirst()
                .orElseThrow(() ->
                        new NotFound("NodeHistoryNotFound", "Node " + id + " has no history entry of this UUID.", ""));
    }

    private static HistoryData shortened(HistoryData entry) {
        String event = entry.event();
        return new HistoryData(
                entry.uuid(),
                entry.createdAt(),
                entry.severity(),
                entry.eventType(),
                event.length() > LONGEST ? event.substring(0, LONGEST - 4) + "..." : event,
                entry.conductor(),
                entry.user(),
                entry.links());
    }

    private List<HistoryData> entries(String id, Call call) {
        UUID uuid = conductor.node(id).uuid();
        Links links = call.links();
        String host = conductor.host();
        return conductor.history(uuid.toString()).stream()
                .map(each -> NodeViews.history(uuid, each, host, links))
                .toList();
    }
}

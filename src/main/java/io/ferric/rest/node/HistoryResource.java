package io.ferric.rest.node;

import io.ferric.conductor.Conductor;
import io.ferric.conductor.HistoryEntry;
import io.ferric.node.Node;
import io.ferric.node.NotFound;
import io.ferric.rest.common.Links;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.Page;
import io.ferric.rest.common.Query;
import io.ferric.rest.data.HistoryData;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What happened to a node, oldest first. */
@Singleton
@Path("/v1/nodes/{node}/history")
@Produces(MediaType.APPLICATION_JSON)
public final class HistoryResource {
    private static final Set<String> PARAMETERS = Set.of("detail", "limit", "marker");

    private final Conductor conductor;
    private final int maxPageSize;

    @Inject
    HistoryResource(Offer offer) {
        this.conductor = offer.conductor();
        this.maxPageSize = offer.maxPageSize();
    }

    @GET
    public Map<String, Object> list(@PathParam("node") String id, @Context UriInfo request) {
        Query query = Query.of(request, PARAMETERS);
        return Page.of(entries(id, request), HistoryData::uuid, query, maxPageSize)
                .body("history", entry -> entry, HistoryData::uuid, request);
    }

    @GET
    @Path("{event}")
    public HistoryData show(@PathParam("node") String id, @PathParam("event") String event, @Context UriInfo request) {
        return entries(id, request).stream()
                .filter(each -> each.uuid().toString().equals(event))
                .findFirst()
                .orElseThrow(() ->
                        new NotFound("NodeHistoryNotFound", "Node " + id + " has no history entry of this UUID.", ""));
    }

    private List<HistoryData> entries(String id, UriInfo request) {
        Node node = conductor.node(id);
        UUID uuid = node.uuid();
        Links links = Links.of(request);
        List<HistoryEntry> entries = conductor.history(uuid.toString());
        return entries.stream()
                .map(each -> NodeViews.history(uuid, each, links))
                .toList();
    }
}

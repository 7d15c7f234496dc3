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
import io.ferric.rest.common.Page;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The conductors that share the database. */
@Singleton
@Since(49)
@Path("/v1/conductors")
@Produces(MediaType.APPLICATION_JSON)
public final class ConductorsResource {
    private static final List<String> SUMMARY = List.of("hostname", "conductor_group", "alive", "links");

    private static final Map<String, Comparator<ConductorInfo>> ORDERS = Map.of(
            "hostname", Comparator.comparing(ConductorInfo::host),
            "alive", Comparator.comparing(ConductorInfo::alive),
            "created_at", Comparator.comparing(ConductorInfo::createdAt),
            "updated_at", Comparator.comparing(ConductorInfo::heartbeatAt));

    private final Conductor conductor;
    private final int maxPageSize;

    @Inject
    ConductorsResource(Offer offer) {
        this.conductor = offer.conductor();
        this.maxPageSize = offer.maxPageSize();
    }

    /** Lists conductors; the marker is a name. */
    @Needs(Right.CONDUCTOR_GET)
    @GET
    public Map<String, Object> list(@BeanParam Call call) {
        Query query = call.query(Set.of("detail", "fields", "limit", "marker", "sort_key", "sort_dir"));
        Fields fields = Fields.ofList(query, call.version(), ConductorData.class, SUMMARY);
        int limit = query.limit(maxPageSize);
        List<ConductorInfo> wanted = wanted(query);
        return new Page<>(limit, wanted.subList(0, Math.min(limit + 1, wanted.size())))
                .body("conductors", each -> fields.of(view(each, call.links())), ConductorInfo::host, call.uri());
    }

    /** In the order asked for, after the marker. There are few, so all are looked at. */
    private List<ConductorInfo> wanted(Query query) {
        String key = query.text("sort_key").orElse("hostname");
        if (!ORDERS.containsKey(key)) {
            throw Query.wrong("sort_key", key, "is none of " + String.join(", ", new TreeSet<>(ORDERS.keySet())));
        }
        Comparator<ConductorInfo> order = ORDERS.get(key).thenComparing(ConductorInfo::host);
        List<ConductorInfo> all = conductor.conductors().stream()
                .sorted(query.descending() ? order.reversed() : order)
                .toList();
        int from = query.text("marker")
                .map(marker -> 1
                        + all.stream()
                                .map(ConductorInfo::host)
                                .toList()
                                .indexOf(find(marker).host()))
                .orElse(0);
        return all.subList(from, all.size());
    }

    private ConductorInfo find(String host) {
        return conductor.conductors().stream()
                .filter(each -> each.host().equals(host))
                .findFirst()
                .orElseThrow(() -> new NotFound("ConductorNotFound", "Conductor " + host + " could not be found.", ""));
    }

    @Needs(Right.CONDUCTOR_GET)
    @GET
    @Path("{conductor}")
    public ObjectNode show(@PathParam("conductor") String host, @BeanParam Call call) {
        Fields fields = Fields.ofOne(call.query(Set.of("fields")), call.version(), ConductorData.class);
        return fields.of(view(find(host), call.links()));
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

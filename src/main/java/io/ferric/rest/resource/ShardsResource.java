package io.ferric.rest.resource;

import io.ferric.conductor.Conductor;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.ShardData;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How nodes are spread over shards. */
@Singleton
@Since(82)
@Path("/v1/shards")
@Produces(MediaType.APPLICATION_JSON)
public final class ShardsResource {
    private final Conductor conductor;

    @Inject
    ShardsResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    /** Lists shards with the number of their nodes, the fullest first. */
    @Needs(Right.SHARDS_GET)
    @GET
    public Map<String, List<ShardData>> list(@BeanParam Call call) {
        call.query(Set.of());
        return Map.of(
                "shards",
                conductor.shards().entrySet().stream()
                        .map(each -> new ShardData(each.getKey().orElse("None"), each.getValue()))
                        .toList());
    }
}

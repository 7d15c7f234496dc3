package io.ferric.rest.resource;

import io.ferric.node.InvalidRequest;
import io.ferric.node.NotFound;
import io.ferric.node.Port;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Query;
import io.ferric.rest.data.Since;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Map;
import java.util.Set;

/** Which node a ramdisk with Ironic's agent in it runs on. The ramdisks of Ferric's drivers have no such agent, so it is answered as for a node that expects none. */
@Singleton
@Since(22)
@Path("/v1/lookup")
@Produces(MediaType.APPLICATION_JSON)
public final class LookupResource {
    public LookupResource() {}

    /** Finds no node: it says nothing of those there are, since anybody may ask. */
    @Needs(Right.RAMDISK_LOOKUP)
    @GET
    public Map<String, Object> lookup(@BeanParam Call call) {
        Query query = call.query(Set.of("addresses", "node_uuid"));
        if (query.uuid("node_uuid").isEmpty() && query.list("addresses").isEmpty()) {
            throw new InvalidRequest(
                    "IncompleteLookup", "At least one of 'node_uuid' and 'addresses' must be there.", "");
        }
        query.list("addresses").forEach(Port::normalized);
        throw new NotFound("NotFound", "No node that expects an agent was found.", "");
    }
}

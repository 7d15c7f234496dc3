package io.ferric.rest.resource;

import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Links;
import io.ferric.rest.data.Since;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Says where volume connectors and targets are. */
@Singleton
@Since(32)
@Path("/v1/volume")
@Produces(MediaType.APPLICATION_JSON)
public final class VolumeResource {
    @Needs(Right.VOLUME_LIST)
    @GET
    public Map<String, Object> index(@BeanParam Call call) {
        return index(call.links(), "volume");
    }

    /** The links of what is below this address. */
    public static Map<String, Object> index(Links links, String... address) {
        Map<String, Object> index = new LinkedHashMap<>();
        index.put("links", links.ofCollection(address));
        for (String each : new String[] {"connectors", "targets"}) {
            index.put(
                    each,
                    links.pair(
                            Stream.concat(Stream.of(address), Stream.of(each)).toArray(String[]::new)));
        }
        return index;
    }
}

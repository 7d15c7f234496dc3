package io.ferric.rest;

import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.ApiVersion;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Links;
import io.ferric.rest.data.Link;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Says what there is: {@code /} and {@code /v1}. */
@Singleton
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class RootResource {
    /** What is below {@code /v1}, with the microversion it came with. Source: Ironic's API history. */
    private static final Map<String, Integer> COLLECTIONS = new TreeMap<>(Map.ofEntries(
            Map.entry("nodes", 1),
            Map.entry("ports", 1),
            Map.entry("chassis", 1),
            Map.entry("portgroups", 23),
            Map.entry("volume", 32),
            Map.entry("deploy_templates", 55),
            Map.entry("drivers", 1),
            Map.entry("lookup", 22),
            Map.entry("heartbeat", 22),
            Map.entry("conductors", 49),
            Map.entry("allocations", 52),
            Map.entry("events", 54),
            Map.entry("shards", 82),
            Map.entry("continue_inspection", 84)));

    @Needs(Right.API)
    @GET
    public Map<String, Object> root(@Context UriInfo request) {
        Map<String, Object> version = version(Links.of(request));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("name", "Ferric Bare Metal API");
        root.put("description", "Deploys bare-metal servers; speaks the REST API of OpenStack Ironic.");
        root.put("versions", List.of(version));
        root.put("default_version", version);
        return root;
    }

    @Needs(Right.API)
    @GET
    @Path("v1")
    public Map<String, Object> v1(@BeanParam Call call) {
        Links links = call.links();
        Map<String, Object> v1 = new LinkedHashMap<>();
        v1.put("id", "v1");
        v1.put("links", List.of(new Link(links.uri() + "/", "self")));
        v1.put("version", version(links));
        v1.put("media_types", Map.of("base", "application/json", "type", "application/vnd.openstack.ironic.v1+json"));
        COLLECTIONS.forEach((collection, since) -> {
            if (call.version().has(since)) {
                v1.put(collection, links.ofCollection(collection));
            }
        });
        return v1;
    }

    private static Map<String, Object> version(Links links) {
        Map<String, Object> version = new LinkedHashMap<>();
        version.put("id", "v1");
        version.put("links", List.of(new Link(links.uri() + "/", "self")));
        version.put("status", "CURRENT");
        version.put("min_version", ApiVersion.MIN.toString());
        version.put("version", ApiVersion.MAX.toString());
        return version;
    }
}

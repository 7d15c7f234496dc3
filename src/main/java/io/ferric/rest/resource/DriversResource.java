package io.ferric.rest.resource;

import io.ferric.conductor.Conductor;
import io.ferric.driver.Driver;
import io.ferric.driver.DriverProperty;
import io.ferric.rest.common.Links;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.Query;
import io.ferric.rest.data.DriverData;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The drivers of this conductor and what they want to know of a node. */
@Singleton
@Path("/v1/drivers")
@Produces(MediaType.APPLICATION_JSON)
public final class DriversResource {
    private final Conductor conductor;

    @Inject
    DriversResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @GET
    public Map<String, List<DriverData>> list(@Context UriInfo request) {
        Query.of(request, Set.of("detail", "type"));
        Links links = Links.of(request);
        return Map.of(
                "drivers",
                conductor.drivers().stream().map(driver -> view(driver, links)).toList());
    }

    @GET
    @Path("{driver}")
    public DriverData show(@PathParam("driver") String name, @Context UriInfo request) {
        return view(conductor.driver(name), Links.of(request));
    }

    @GET
    @Path("{driver}/properties")
    public Map<String, String> properties(@PathParam("driver") String name) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (DriverProperty property : conductor.driver(name).properties()) {
            properties.put(property.name(), property.description());
        }
        return properties;
    }

    /** Methods of a driver without a node; there are none in this release. */
    @GET
    @Path("{driver}/vendor_passthru/methods")
    public Map<String, Object> vendorMethods(@PathParam("driver") String name) {
        conductor.driver(name);
        return Map.of();
    }

    private static DriverData view(Driver driver, Links links) {
        return new DriverData(
                driver.name(),
                "dynamic",
                List.of(),
                links.pair("drivers", driver.name()),
                links.pair("drivers", driver.name(), "properties"));
    }
}

package io.ferric.rest.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.driver.Driver;
import io.ferric.driver.DriverProperty;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.NotFound;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.Offer;
import io.ferric.rest.common.Query;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.data.Since;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The drivers of the conductors and what they want to know of a node. */
@Singleton
@Path("/v1/drivers")
@Produces(MediaType.APPLICATION_JSON)
public final class DriversResource {
    /** The microversions since which there are these. Source: Ironic's API history. */
    private static final int DETAIL = 30;

    private static final int FIELDS = 77;
    private static final int RAID = 12;

    private final Conductor conductor;

    @Inject
    DriversResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    /** Lists drivers; with detail also the interfaces that nodes may name. */
    @Needs(Right.DRIVER_GET)
    @GET
    public Map<String, List<ObjectNode>> list(@BeanParam Call call) {
        Query query = call.query(Set.of("detail", "type", "fields"));
        boolean detail = query.bool("detail").orElse(false);
        if (detail) {
            call.need(DETAIL, "'detail'");
        }
        List<String> fields = fields(query, call);
        if (detail && !fields.isEmpty()) {
            throw RequestRefused.invalid("'fields' and 'detail' cannot be asked for together.", "Leave one away.");
        }
        boolean any = query.text("type").map(type -> dynamic(type, call)).orElse(true);
        List<Driver> drivers = any ? conductor.drivers() : List.of();
        DriverViews views = new DriverViews(conductor.conductors(), call);
        return Map.of(
                "drivers",
                drivers.stream().map(each -> views.of(each, detail, fields)).toList());
    }

    private static List<String> fields(Query query, Call call) {
        List<String> fields = query.list("fields");
        if (!fields.isEmpty()) {
            call.need(FIELDS, "'fields'");
        }
        return fields;
    }

    /** Whether drivers of this type are asked for; classic ones, as of old, there are none. */
    private static boolean dynamic(String type, Call call) {
        call.need(DETAIL, "'type'");
        if (!Set.of("classic", "dynamic").contains(type)) {
            throw Query.wrong("type", type, "is neither classic nor dynamic");
        }
        return type.equals("dynamic");
    }

    @Needs(Right.DRIVER_GET)
    @GET
    @Path("{driver}")
    public ObjectNode show(@PathParam("driver") String name, @BeanParam Call call) {
        List<String> fields = fields(call.query(Set.of("fields")), call);
        return new DriverViews(conductor.conductors(), call)
                .of(conductor.driver(name), call.version().has(DETAIL), fields);
    }

    /** What driver_info can or must hold, each with a description. */
    @Needs(Right.DRIVER_GET_PROPERTIES)
    @GET
    @Path("{driver}/properties")
    public Map<String, String> properties(@PathParam("driver") String name) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (DriverProperty property : conductor.driver(name).properties()) {
            properties.put(property.name(), property.description());
        }
        return properties;
    }

    /** The old form of {@link #properties}. */
    @Needs(Right.DRIVER_GET_PROPERTIES)
    @GET
    @Path("properties")
    public Map<String, String> propertiesByQuery(@BeanParam Call call) {
        return properties(call.query(Set.of("driver_name"))
                .text("driver_name")
                .orElseThrow(() -> RequestRefused.invalid("'driver_name' is missing in the query.", "Name a driver.")));
    }

    /** What can be said of a logical disk of a RAID, each with a description; 404 for a driver without RAID. */
    @Needs(Right.DRIVER_GET_RAID)
    @GET
    @Since(RAID)
    @Path("{driver}/raid/logical_disk_properties")
    public Map<String, String> logicalDiskProperties(@PathParam("driver") String name) {
        Driver driver = conductor.driver(name);
        if (driver.interfaces()
                .first("raid")
                .filter(each -> !each.equals("no-raid"))
                .isEmpty()) {
            throw new NotFound(
                    FaultCode.UNSUPPORTED_DRIVER_EXTENSION,
                    "Driver " + name
                            + " does not support get_raid_logical_disk_properties (disabled or not implemented).",
                    "");
        }
        return DriverViews.LOGICAL_DISK;
    }

    /** Methods of a driver without a node; no driver has any. */
    @Needs(Right.DRIVER_VENDOR_METHODS)
    @GET
    @Path("{driver}/vendor_passthru/methods")
    public Map<String, Object> vendorMethods(@PathParam("driver") String name) {
        conductor.driver(name);
        return Map.of();
    }

    /** Always refused: no driver has a method without a node. */
    @Needs(Right.DRIVER_VENDOR_PASSTHRU)
    @GET
    @Path("{driver}/vendor_passthru/{method}")
    public Map<String, Object> get(@PathParam("driver") String name, @PathParam("method") String method) {
        throw unsupported(name, method);
    }

    /** Always refused: no driver has a method without a node. */
    @Needs(Right.DRIVER_VENDOR_PASSTHRU)
    @POST
    @Path("{driver}/vendor_passthru/{method}")
    public Map<String, Object> post(@PathParam("driver") String name, @PathParam("method") String method) {
        throw unsupported(name, method);
    }

    /** Always refused: no driver has a method without a node. */
    @Needs(Right.DRIVER_VENDOR_PASSTHRU)
    @PUT
    @Path("{driver}/vendor_passthru/{method}")
    public Map<String, Object> put(@PathParam("driver") String name, @PathParam("method") String method) {
        throw unsupported(name, method);
    }

    /** Always refused: no driver has a method without a node. */
    @Needs(Right.DRIVER_VENDOR_PASSTHRU)
    @PATCH
    @Path("{driver}/vendor_passthru/{method}")
    public Map<String, Object> patch(@PathParam("driver") String name, @PathParam("method") String method) {
        throw unsupported(name, method);
    }

    /** Always refused: no driver has a method without a node. */
    @Needs(Right.DRIVER_VENDOR_PASSTHRU)
    @DELETE
    @Path("{driver}/vendor_passthru/{method}")
    public Map<String, Object> delete(@PathParam("driver") String name, @PathParam("method") String method) {
        throw unsupported(name, method);
    }

    private InvalidRequest unsupported(String name, String method) {
        conductor.driver(name);
        return RequestRefused.invalid(
                "Unsupported method (" + method + ") passed to the driver " + name + ".",
                "It has methods of nodes only: /v1/nodes/<node>/vendor_passthru.");
    }
}

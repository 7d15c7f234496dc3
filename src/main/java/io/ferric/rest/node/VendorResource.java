package io.ferric.rest.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.conductor.Conductor;
import io.ferric.conductor.VendorReply;
import io.ferric.driver.VendorCall;
import io.ferric.driver.VendorMethod;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Masking;
import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Body;
import io.ferric.rest.common.Offer;
import io.ferric.rest.data.VendorMethodData;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** A driver's own methods on a node, {@code pass_deploy_info} of the deploy ramdisk among them. */
@Singleton
@Path("/v1/nodes/{node}/vendor_passthru")
@Produces(MediaType.APPLICATION_JSON)
public final class VendorResource {
    private final Conductor conductor;

    @Inject
    VendorResource(Offer offer) {
        this.conductor = offer.conductor();
    }

    @Needs(Right.NODE_VENDOR_METHODS)
    @GET
    @Path("methods")
    public Map<String, VendorMethodData> methods(@PathParam("node") String id) {
        Map<String, VendorMethodData> methods = new LinkedHashMap<>();
        for (VendorMethod method : conductor.vendorMethods(id)) {
            methods.put(method.name(), NodeViews.vendorMethod(method));
        }
        return methods;
    }

    /** The old form: {@code POST .../vendor_passthru?method=<name>}. */
    @Needs(Right.NODE_VENDOR_PASSTHRU)
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response postByQuery(@PathParam("node") String id, @QueryParam("method") String method, ObjectNode body) {
        if (method == null || method.isBlank()) {
            throw new InvalidRequest(
                    FaultCode.MISSING_PARAMETER_VALUE,
                    "'method' is missing.",
                    "Name the method in the path: .../vendor_passthru/<method>.");
        }
        return call(id, method, "POST", body);
    }

    @Needs(Right.NODE_VENDOR_PASSTHRU)
    @GET
    @Path("{method}")
    public Response get(@PathParam("node") String id, @PathParam("method") String method) {
        return call(id, method, "GET", null);
    }

    @Needs(Right.NODE_VENDOR_PASSTHRU)
    @POST
    @Path("{method}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response post(@PathParam("node") String id, @PathParam("method") String method, ObjectNode body) {
        return call(id, method, "POST", body);
    }

    @Needs(Right.NODE_VENDOR_PASSTHRU)
    @PUT
    @Path("{method}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response put(@PathParam("node") String id, @PathParam("method") String method, ObjectNode body) {
        return call(id, method, "PUT", body);
    }

    @Needs(Right.NODE_VENDOR_PASSTHRU)
    @PATCH
    @Path("{method}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response patch(@PathParam("node") String id, @PathParam("method") String method, ObjectNode body) {
        return call(id, method, "PATCH", body);
    }

    @Needs(Right.NODE_VENDOR_PASSTHRU)
    @DELETE
    @Path("{method}")
    @Consumes(MediaType.APPLICATION_JSON)
    public Response delete(@PathParam("node") String id, @PathParam("method") String method, ObjectNode body) {
        return call(id, method, "DELETE", body);
    }

    private Response call(String id, String method, String httpMethod, ObjectNode body) {
        VendorCall call = new VendorCall(method, Body.optional(body).all());
        VendorReply reply = conductor.vendorCall(id, httpMethod, call);
        return switch (reply.mode()) {
            case SYNC -> Response.ok(Masking.mask(reply.body())).build();
            case ASYNC -> Response.accepted().build();
            case CONTINUES_DEPLOY -> Response.ok().build();
        };
    }
}

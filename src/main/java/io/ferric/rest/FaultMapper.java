package io.ferric.rest;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.node.AccessDenied;
import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Masking;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.NotAuthenticated;
import io.ferric.node.NotFound;
import io.ferric.node.OperationFailed;
import io.ferric.node.Unavailable;
import io.ferric.rest.auth.Access;
import io.ferric.rest.auth.Right;
import io.ferric.rest.common.Call;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.data.ErrorBody;
import jakarta.inject.Provider;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns every failure into Ironic's error body. The status follows from the kind of fault, which says what the caller
 * can do; a few codes have another one in Ironic. A failure nobody foresaw tells the caller the name of the request and
 * the log the rest.
 */
final class FaultMapper implements ExceptionMapper<Throwable> {
    /** The stable code of the fault, beside Ironic's body, which has no place for it. */
    static final String CODE_HEADER = "X-Ferric-Fault-Code";

    private static final Logger LOG = LoggerFactory.getLogger(FaultMapper.class);

    /** Codes that Ironic answers with another status than their kind says. */
    private static final Map<String, Integer> STATUS_BY_CODE = Map.of(FaultCode.POWER_STATE_FAILURE, 409);

    /** What to say when Jersey itself refuses a request. */
    private static final Map<Integer, String> WORDS = Map.of(
            400, "The request is malformed.",
            404, "There is no such resource; GET /v1 names those there are.",
            405, "This resource does not know this method; the Allow header names those it does.",
            406, "Answers are application/json; let the Accept header allow it.",
            415, "The body must be sent as application/json.");

    private final ObjectMapper json;

    @Context
    private Provider<ContainerRequestContext> request;

    FaultMapper(ObjectMapper json) {
        this.json = json;
    }

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof NodeFault fault) {
            return of(fault);
        }
        if (failure instanceof RequestRefused refused) {
            return answer(refused.getResponse(), refused.getMessage());
        }
        if (failure instanceof WebApplicationException http
                && http.getResponse().getStatus() < 500) {
            int status = http.getResponse().getStatus();
            return answer(http.getResponse(), WORDS.getOrDefault(status, "The request cannot be served."));
        }
        LOG.error("request {} failed unexpectedly", requestId(), failure);
        return answer(
                Response.serverError().build(),
                "Something went wrong that nobody foresaw; the conductor's log tells more under " + requestId() + ".");
    }

    private Response of(NodeFault fault) {
        int status = STATUS_BY_CODE.getOrDefault(fault.code(), statusOfKind(fault));
        if (status == 500) {
            LOG.warn("request {} answered 500: {}", requestId(), Masking.text(fault.inPlainWords()));
        }
        Response.ResponseBuilder plain = Response.status(status).header(CODE_HEADER, fault.code());
        return answer((status == 503 ? plain.header("Retry-After", "2") : plain).build(), words(fault));
    }

    /** What is said of a server that failed may name its BMC, which not everybody sees who sees the node. */
    private String words(NodeFault fault) {
        ContainerRequestContext call = request.get();
        boolean hidden = fault instanceof OperationFailed
                && call.getProperty(Call.NODE) instanceof Node node
                && !Access.of(call.getSecurityContext().getUserPrincipal())
                        .may(Right.NODE_GET_LAST_ERROR, node.details().tenancy());
        return hidden
                ? "The server did not do it. Why, it takes " + Right.NODE_GET_LAST_ERROR.policy() + " to hear."
                : fault.inPlainWords();
    }

    private static int statusOfKind(NodeFault fault) {
        if (fault instanceof InvalidRequest) {
            return 400;
        }
        if (fault instanceof NotAuthenticated) {
            return 401;
        }
        if (fault instanceof AccessDenied) {
            return 403;
        }
        if (fault instanceof NotFound) {
            return 404;
        }
        if (fault instanceof Conflict) {
            return 409;
        }
        return fault instanceof Unavailable ? 503 : 500;
    }

    private Response answer(Response plain, String message) {
        return Response.fromResponse(plain)
                .entity(ErrorBody.of(plain.getStatus(), Masking.text(message), json))
                .type(MediaType.APPLICATION_JSON_TYPE)
                .build();
    }

    private String requestId() {
        return String.valueOf(request.get().getProperty(RequestIdFilter.PROPERTY));
    }
}

package io.ferric.rest.common;

import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import jakarta.ws.rs.WebApplicationException;

/** The HTTP of a request is at fault, not what it asks for: refused with a status and a sentence for the caller. */
public final class RequestRefused extends WebApplicationException {
    private static final long serialVersionUID = 1L;

    public RequestRefused(int status, String message) {
        super(message, status);
    }

    /** The fault of a wrong value in a query or a body (400). */
    public static InvalidRequest invalid(String message, String hint) {
        return new InvalidRequest(FaultCode.INVALID_PARAMETER_VALUE, message, hint);
    }
}

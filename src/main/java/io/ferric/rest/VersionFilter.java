package io.ferric.rest;

import io.ferric.rest.common.ApiVersion;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;

/** Agrees with the client on a version and names it, the lowest and the highest in every answer. */
@PreMatching
final class VersionFilter implements ContainerRequestFilter, ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(ApiVersion.PROPERTY, ApiVersion.requested(request.getHeaderString(ApiVersion.HEADER)));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Object agreed = request.getProperty(ApiVersion.PROPERTY);
        response.getHeaders().putSingle(ApiVersion.HEADER, String.valueOf(agreed == null ? ApiVersion.MIN : agreed));
        response.getHeaders().putSingle(ApiVersion.MIN_HEADER, ApiVersion.MIN.toString());
        response.getHeaders().putSingle(ApiVersion.MAX_HEADER, ApiVersion.MAX.toString());
    }
}

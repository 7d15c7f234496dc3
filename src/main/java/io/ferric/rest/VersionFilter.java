package io.ferric.rest;

import io.ferric.rest.common.ApiVersion;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;

/**
 * Agrees with the client on a version and names it, the lowest and the highest in every answer. What an answer holds
 * depends on the headers by which the version is asked for, and {@code Vary} tells caches so.
 */
@PreMatching
final class VersionFilter implements ContainerRequestFilter, ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        String asked = request.getHeaderString(ApiVersion.HEADER);
        request.setProperty(
                ApiVersion.PROPERTY,
                ApiVersion.requested(
                        asked != null
                                ? asked
                                : ApiVersion.ofServices(request.getHeaderString(ApiVersion.SERVICES_HEADER))
                                        .orElse(null)));
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Object agreed = request.getProperty(ApiVersion.PROPERTY);
        String version = String.valueOf(agreed == null ? ApiVersion.MIN : agreed);
        MultivaluedMap<String, Object> headers = response.getHeaders();
        headers.putSingle(ApiVersion.HEADER, version);
        headers.putSingle(ApiVersion.MIN_HEADER, ApiVersion.MIN.toString());
        headers.putSingle(ApiVersion.MAX_HEADER, ApiVersion.MAX.toString());
        if (request.getHeaderString(ApiVersion.SERVICES_HEADER) != null) {
            headers.putSingle(ApiVersion.SERVICES_HEADER, ApiVersion.SERVICE + " " + version);
        }
        headers.add(HttpHeaders.VARY, ApiVersion.HEADER + ", " + ApiVersion.SERVICES_HEADER);
    }
}

package io.ferric.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.UUID;
import java.util.function.Supplier;

/** Gives every request a name, so that an answer can be found in the log. The header is OpenStack's. */
@PreMatching
final class RequestIdFilter implements ContainerRequestFilter, ContainerResponseFilter {
    static final String HEADER = "Openstack-Request-Id";
    static final String PROPERTY = "ferric.request-id";

    private final Supplier<UUID> uuids;

    RequestIdFilter(Supplier<UUID> uuids) {
        this.uuids = uuids;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(PROPERTY, "req-" + uuids.get());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Object id = request.getProperty(PROPERTY);
        if (id != null) {
            response.getHeaders().putSingle(HEADER, id);
        }
    }
}

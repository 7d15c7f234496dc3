package io.ferric.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;

/** Behind a proxy: makes every link in an answer begin with the address clients know. */
@PreMatching
final class PublicUrlFilter implements ContainerRequestFilter {
    private final URI base;

    PublicUrlFilter(URI publicUrl) {
        String text = publicUrl.toString();
        this.base = URI.create(text.endsWith("/") ? text : text + "/");
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath(false);
        URI moved = UriBuilder.fromUri(base)
                .path(path)
                .replaceQuery(request.getUriInfo().getRequestUri().getRawQuery())
                .build();
        request.setRequestUri(base, moved);
    }
}

package io.ferric.rest;

import io.ferric.rest.common.ApiVersion;
import io.ferric.rest.common.RequestRefused;
import io.ferric.rest.data.Since;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import java.lang.reflect.AnnotatedElement;
import java.util.Objects;
import java.util.stream.Stream;

/** Hides from old versions what they did not have, as Ironic does: with 404, but saying which version to ask for. */
final class SinceFilter implements ContainerRequestFilter {
    @Context
    private ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        ApiVersion version = ApiVersion.of(request);
        Stream.<AnnotatedElement>of(resource.getResourceMethod(), resource.getResourceClass())
                .filter(Objects::nonNull)
                .map(each -> each.getAnnotation(Since.class))
                .filter(Objects::nonNull)
                .findFirst()
                .filter(since -> !version.has(since.value()))
                .ifPresent(since -> {
                    throw new RequestRefused(404, version.lacks("This resource", since.value()));
                });
    }
}

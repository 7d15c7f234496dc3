package io.ferric.rest;

import io.ferric.rest.common.RequestRefused;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;

/** Reads the headers that choose a resource before Jersey does, which answers malformed ones without a body. */
@PreMatching
final class HeaderCheck implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        try {
            request.getMediaType();
        } catch (ProcessingException | IllegalArgumentException e) {
            throw new RequestRefused(415, "The Content-Type header is malformed; send application/json.");
        }
        try {
            request.getAcceptableMediaTypes();
        } catch (ProcessingException | IllegalArgumentException e) {
            throw new RequestRefused(400, "The Accept header is malformed; send application/json.");
        }
    }
}

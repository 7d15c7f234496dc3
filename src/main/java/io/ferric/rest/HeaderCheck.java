package io.ferric.rest;

import io.ferric.rest.common.RequestRefused;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.MediaType;
import java.nio.charset.Charset;

/** Reads the headers that choose a resource before Jersey does, which answers malformed ones without a body. */
@PreMatching
final class HeaderCheck implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
        try {
            requireKnownCharset(request.getMediaType());
        } catch (ProcessingException | IllegalArgumentException e) {
            throw new RequestRefused(
                    415, "The Content-Type header is malformed or names an unknown charset; send application/json.");
        }
        try {
            request.getAcceptableMediaTypes();
        } catch (ProcessingException | IllegalArgumentException e) {
            throw new RequestRefused(400, "The Accept header is malformed; send application/json.");
        }
    }

    /** Fails with {@link IllegalArgumentException} for one that Java does not have, when Jersey would read a text in it. */
    private static void requireKnownCharset(MediaType type) {
        if (type != null && type.getParameters().containsKey(MediaType.CHARSET_PARAMETER)) {
            Charset.forName(type.getParameters().get(MediaType.CHARSET_PARAMETER));
        }
    }
}

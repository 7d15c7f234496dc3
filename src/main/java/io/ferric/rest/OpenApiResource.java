package io.ferric.rest;

import io.ferric.rest.auth.Needs;
import io.ferric.rest.auth.Right;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The OpenAPI document of this API. It is written when Ferric is built, out of these resources and their Javadoc. */
@Singleton
@Path("/v1/openapi.json")
@Produces(MediaType.APPLICATION_JSON)
public final class OpenApiResource {
    private static final String FILE = "openapi.json";

    private final String document;

    public OpenApiResource() {
        try (InputStream file = OpenApiResource.class.getResourceAsStream(FILE)) {
            document = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** This document. */
    @Needs(Right.API)
    @GET
    public String show() {
        return document;
    }
}

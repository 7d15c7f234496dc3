package io.ferric.rest.common;

import io.ferric.conductor.Requester;
import io.ferric.node.Node;
import io.ferric.rest.auth.Access;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.Set;

/**
 * What comes with a request besides its path and body: query, version, caller, the address it called. A resource's method
 * takes it as {@code @BeanParam}. For one thread.
 */
public final class Call {
    /** The property of a request that {@link #node} gives. */
    public static final String NODE = "ferric.node";

    @Context
    private UriInfo uri;

    @Context
    private ContainerRequestContext request;

    @Context
    private SecurityContext security;

    public UriInfo uri() {
        return uri;
    }

    public Links links() {
        return Links.of(uri);
    }

    /** Fails when the query holds other names than these. */
    public Query query(Set<String> known) {
        return Query.of(uri, known);
    }

    public ApiVersion version() {
        return ApiVersion.of(request);
    }

    /** Who asks the conductor. */
    public Requester requester() {
        return CallerContext.requester(security);
    }

    /** What the caller may do. */
    public Access access() {
        return Access.of(security.getUserPrincipal());
    }

    /** The node that the path names, where it was looked at to find out what the caller may do. */
    public Optional<Node> node() {
        return Optional.ofNullable((Node) request.getProperty(NODE));
    }

    /** Refuses, with 406 as Ironic, what the version of the request does not have. */
    public void need(int minorVersion, String what) {
        if (!version().has(minorVersion)) {
            throw new RequestRefused(406, version().lacks(what, minorVersion));
        }
    }
}

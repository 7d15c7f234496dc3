package io.ferric.rest;

import io.ferric.node.NodeFault;
import io.ferric.rest.auth.AuthHeaders;
import io.ferric.rest.auth.Authenticator;
import io.ferric.rest.auth.Caller;
import io.ferric.rest.common.CallerContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a request in when it is known who sends it; what they may, {@link RightsFilter} says. It comes before Jersey looks
 * for a resource, and everything is closed but three paths in their plainest spelling, so that no other spelling of a path
 * is a way around it.
 */
@PreMatching
final class AuthFilter implements ContainerRequestFilter, ContainerResponseFilter {
    private static final Logger LOG = LoggerFactory.getLogger(AuthFilter.class);
    /** What tells the versions, as in Ironic. */
    private static final Set<String> PUBLIC = Set.of("", "v1", "v1/");

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
    private static final String CALLER = "ferric.caller";

    private final Authenticator authenticator;
    private final RamdiskAccess ramdisks;

    AuthFilter(Authenticator authenticator, RamdiskAccess ramdisks) {
        this.authenticator = authenticator;
        this.ramdisks = ramdisks;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        boolean reads = READING.contains(request.getMethod());
        if (reads && PUBLIC.contains(request.getUriInfo().getPath(false))) {
            return;
        }
        Optional<RamdiskCall> ramdisk = RamdiskCall.of(request);
        try {
            Caller caller = caller(request, ramdisk);
            request.setProperty(CALLER, caller);
            request.setSecurityContext(new CallerContext(caller, request.getSecurityContext()));
        } catch (NodeFault refusal) {
            ramdisk.ifPresent(call -> ramdisks.refused(call, refusal));
            throw refusal;
        }
    }

    private Caller caller(ContainerRequestContext request, Optional<RamdiskCall> ramdisk) {
        Optional<String> ours =
                AuthHeaders.only(request.getHeaders(), AuthHeaders.TOKEN).filter(RamdiskAccess::isOurs);
        return ours.isPresent()
                ? ramdisks.caller(ours.get(), ramdisk)
                : authenticator.authenticate(request.getHeaders());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() == 401) {
            response.getHeaders().putSingle(HttpHeaders.WWW_AUTHENTICATE, authenticator.challenge());
        }
        if (request.getProperty(CALLER) instanceof Caller caller && !READING.contains(request.getMethod())) {
            LOG.info(
                    "{} {} /{} by {}: {}",
                    request.getProperty(RequestIdFilter.PROPERTY),
                    request.getMethod(),
                    request.getUriInfo().getPath(false),
                    caller,
                    response.getStatus());
        }
    }
}

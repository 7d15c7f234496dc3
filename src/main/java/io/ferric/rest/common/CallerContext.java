package io.ferric.rest.common;

import io.ferric.conductor.Requester;
import io.ferric.rest.auth.Caller;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;

/** Tells resources who calls; where nobody is asked for a name, nobody does. */
public record CallerContext(Caller caller, SecurityContext connection) implements SecurityContext {
    /** Who asks the conductor. */
    public static Requester requester(SecurityContext context) {
        return context.getUserPrincipal() instanceof Caller caller
                ? new Requester(caller.toString(), caller.token())
                : Requester.NOBODY;
    }

    @Override
    public Principal getUserPrincipal() {
        return caller;
    }

    @Override
    public boolean isUserInRole(String role) {
        return caller.role().name().equalsIgnoreCase(role);
    }

    @Override
    public boolean isSecure() {
        return connection.isSecure();
    }

    @Override
    public String getAuthenticationScheme() {
        return "ferric";
    }
}

package io.ferric.rest.auth;

import jakarta.ws.rs.core.MultivaluedMap;

/** Finds out by a request's headers who calls. Safe for use by many threads. */
public interface Authenticator {
    /**
     * @throws io.ferric.node.NotAuthenticated when the headers do not prove who it is
     * @throws io.ferric.node.AccessDenied when it is somebody who may do nothing here
     * @throws io.ferric.node.Unavailable when that cannot be found out now
     */
    Caller authenticate(MultivaluedMap<String, String> headers);

    /** The value of {@code WWW-Authenticate}: how to say who one is. */
    String challenge();
}

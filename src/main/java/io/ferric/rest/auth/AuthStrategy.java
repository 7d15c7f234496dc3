package io.ferric.rest.auth;

/** How callers of the REST API say who they are. */
public enum AuthStrategy {
    /** They do not. */
    NOAUTH,
    /** By name and password, RFC 7617. */
    HTTP_BASIC,
    /** By a token of OpenStack. */
    KEYSTONE
}

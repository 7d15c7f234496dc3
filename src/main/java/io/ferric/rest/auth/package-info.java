/**
 * Who calls the REST API, and what they may do: users of a password file or of Keystone, whose answers are cached. Leans
 * on {@code node} for faults and secrets; Keystone itself is behind an interface, which the hall implements. Start with
 * {@link io.ferric.rest.auth.Authenticator}.
 */
package io.ferric.rest.auth;

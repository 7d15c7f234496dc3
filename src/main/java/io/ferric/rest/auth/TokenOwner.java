package io.ferric.rest.auth;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Whose token it is, as Keystone says.
 *
 * @param project the id of the project it is for; empty for the whole system or a domain
 * @param system whether it is for the whole system
 * @param roles names of the user's roles there
 */
public record TokenOwner(
        String userId, String userName, Optional<String> project, boolean system, Set<String> roles, Instant expires) {
    public TokenOwner {
        roles = Set.copyOf(roles);
    }
}

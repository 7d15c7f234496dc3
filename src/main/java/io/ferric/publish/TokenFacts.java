package io.ferric.publish;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whose token it is, as Keystone says.
 *
 * @param project the id of the project the token is scoped to; empty for a token of the whole system or of a domain
 * @param system whether the token is scoped to the whole system
 * @param roles the names of the roles the user has in that scope
 */
public record TokenFacts(
        String userId, String userName, Optional<String> project, boolean system, Set<String> roles, Instant expires) {
    public TokenFacts {
        roles = Set.copyOf(roles);
    }

    /** Reads Keystone's {@code {"token": {...}}}. */
    static TokenFacts of(Map<?, ?> document) throws IOException {
        try {
            Map<?, ?> token = (Map<?, ?>) document.get("token");
            Map<?, ?> user = (Map<?, ?>) token.get("user");
            Map<?, ?> project = (Map<?, ?>) token.get("project");
            Set<String> roles = new HashSet<>();
            if (token.get("roles") instanceof List<?> list) {
                list.forEach(role -> roles.add((String) ((Map<?, ?>) role).get("name")));
            }
            return new TokenFacts(
                    (String) user.get("id"),
                    (String) user.get("name"),
                    Optional.ofNullable(project).map(scope -> (String) scope.get("id")),
                    token.get("system") != null,
                    roles,
                    Instant.parse((String) token.get("expires_at")));
        } catch (ClassCastException | NullPointerException | DateTimeException e) {
            throw new IOException("its word about a token cannot be understood", e);
        }
    }
}

package io.ferric.publish;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Whose token it is, as Keystone says.
 *
 * @param userDomain the name of the user's domain
 * @param project the id of the project the token is scoped to; empty for a token of the whole system or of a domain
 * @param projectName the name of that project
 * @param system whether the token is scoped to the whole system
 * @param roles the names of the roles the user has in that scope
 * @param expires by this machine's clock, also when Keystone's differs
 */
public record TokenFacts(
        String userId,
        String userName,
        Optional<String> userDomain,
        Optional<String> project,
        Optional<String> projectName,
        boolean system,
        Set<String> roles,
        Instant expires) {
    public TokenFacts {
        roles = Set.copyOf(roles);
    }

    /** Whether the user has a role, whose name is compared without case, as Keystone does. */
    public boolean hasRole(String name) {
        return roles.stream().anyMatch(name::equalsIgnoreCase);
    }

    /**
     * Reads Keystone's {@code {"token": {...}}}.
     *
     * @param ahead by how much Keystone's clock is ahead of ours
     */
    static TokenFacts of(Map<?, ?> document, Duration ahead) throws IOException {
        try {
            Map<?, ?> token = (Map<?, ?>) document.get("token");
            Map<?, ?> user = (Map<?, ?>) token.get("user");
            Optional<Map<?, ?>> project = Optional.ofNullable((Map<?, ?>) token.get("project"));
            Set<String> roles = new HashSet<>();
            if (token.get("roles") instanceof List<?> list) {
                list.forEach(role -> roles.add((String) ((Map<?, ?>) role).get("name")));
            }
            return new TokenFacts(
                    (String) Objects.requireNonNull(user.get("id")),
                    (String) Objects.requireNonNull(user.get("name")),
                    Optional.ofNullable((Map<?, ?>) user.get("domain")).map(domain -> (String) domain.get("name")),
                    project.map(scope -> (String) scope.get("id")),
                    project.map(scope -> (String) scope.get("name")),
                    token.get("system") != null,
                    roles,
                    Instant.parse((String) token.get("expires_at")).minus(ahead));
        } catch (ClassCastException | NullPointerException | DateTimeException e) {
            throw new IOException("its word about a token cannot be understood", e);
        }
    }
}

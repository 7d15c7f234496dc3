package io.ferric.node;

import java.util.Optional;

/**
 * Whether a node is out of service, and why.
 *
 * @param reason what the operator said
 * @param fault what Ferric found when it took the node out of service by itself, such as {@code power failure}
 */
public record Maintenance(boolean on, Optional<String> reason, Optional<String> fault) {
    public static final Maintenance NONE = new Maintenance(false, Optional.empty(), Optional.empty());

    /** Set by an operator. */
    public static Maintenance because(Optional<String> reason) {
        return new Maintenance(true, reason, Optional.empty());
    }
}

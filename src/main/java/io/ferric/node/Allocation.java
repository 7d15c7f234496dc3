package io.ferric.node;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A node asked for by what it is. Immutable.
 *
 * @param node the node that was chosen
 * @param wanted what the node must be
 * @param lastError why none was found
 */
public record Allocation(
        UUID uuid,
        Optional<String> name,
        State state,
        Optional<UUID> node,
        Wanted wanted,
        Map<String, Object> extra,
        Optional<String> lastError,
        Instant createdAt,
        Optional<Instant> updatedAt) {

    /** How far it is; the names are Ironic's. */
    public enum State {
        ALLOCATING,
        ACTIVE,
        ERROR;

        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public static Optional<State> ofWireName(String name) {
            return Stream.of(values())
                    .filter(each -> each.wireName().equals(name))
                    .findFirst();
        }
    }

    /**
     * What a node must be to be chosen.
     *
     * @param resourceClass empty only where the node is named
     * @param traits all of which it must have
     * @param candidates among which it must be; empty when all are candidates
     * @param owner the project for which it is: the node must belong or be lent to it
     */
    public record Wanted(
            Optional<String> resourceClass, Set<String> traits, List<UUID> candidates, Optional<String> owner) {
        public Wanted {
            traits = Collections.unmodifiableSet(new TreeSet<>(traits));
            candidates = List.copyOf(candidates);
        }

        /** Whether nodes of this class with these traits will do. */
        public boolean fits(NodeSpec spec) {
            return (resourceClass.isEmpty() || resourceClass.equals(spec.resourceClass()))
                    && spec.details().traits().containsAll(traits);
        }
    }

    public Allocation {
        Objects.requireNonNull(uuid);
        Objects.requireNonNull(wanted);
        extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
    }

    /** A copy with another name and other extra values; nothing else of an allocation can be changed. */
    public Allocation with(Optional<String> newName, Map<String, Object> newExtra) {
        return new Allocation(uuid, newName, state, node, wanted, newExtra, lastError, createdAt, updatedAt);
    }
}

package io.ferric.store;

import io.ferric.node.ProvisionState;
import java.util.Optional;
import java.util.UUID;

/** Which nodes are asked for, in which order, and how many. An empty condition lets every node through. */
public interface NodeSelection {
    Optional<UUID> instanceUuid();

    /** Whether the node must, or must not, carry an instance. */
    Optional<Boolean> associated();

    Optional<Boolean> maintenance();

    Optional<ProvisionState> provisionState();

    Optional<String> driver();

    Optional<String> resourceClass();

    /** The node after which the list begins. */
    Optional<UUID> marker();

    /** How many at most. */
    int limit();

    SortKey sortKey();

    boolean descending();

    /** What a list of nodes can be sorted by; nodes that are equal in it follow by UUID. */
    enum SortKey {
        CREATED_AT("created_at"),
        UUID("uuid"),
        NAME("name"),
        DRIVER("driver"),
        PROVISION_STATE("provision_state"),
        UPDATED_AT("updated_at");

        private final String wireName;

        SortKey(String wireName) {
            this.wireName = wireName;
        }

        /** The name in the REST API, which is that of the column too. */
        public String wireName() {
            return wireName;
        }
    }
}

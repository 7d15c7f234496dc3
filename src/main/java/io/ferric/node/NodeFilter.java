package io.ferric.node;

import java.util.Collection;
import java.util.UUID;

/**
 * What a list of nodes can be narrowed by. Each knows its column, how the value is compared, and of which type the value
 * must be.
 */
public enum NodeFilter {
    INSTANCE_UUID("instance_uuid", Match.EQUAL, UUID.class),
    /** Whether the node carries an instance. */
    ASSOCIATED("instance_uuid", Match.PRESENT, Boolean.class),
    MAINTENANCE("maintenance", Match.EQUAL, Boolean.class),
    PROVISION_STATE("provision_state", Match.EQUAL, ProvisionState.class),
    DRIVER("driver", Match.EQUAL, String.class),
    RESOURCE_CLASS("resource_class", Match.EQUAL, String.class),
    OWNER("owner", Match.EQUAL, String.class),
    LESSEE("lessee", Match.EQUAL, String.class),
    /** The project a node belongs to or is lent to. */
    VISIBLE_TO("owner,lessee", Match.EITHER_EQUAL, String.class),
    CONDUCTOR_GROUP("conductor_group", Match.EQUAL, String.class),
    CHASSIS("chassis_uuid", Match.EQUAL, UUID.class),
    /** What took the node out of service. */
    FAULT("fault", Match.EQUAL, String.class),
    RETIRED("retired", Match.EQUAL, Boolean.class),
    /** The shards a node may be in. */
    SHARD("shard", Match.AMONG, Collection.class),
    /** Whether the node is in a shard. */
    SHARDED("shard", Match.PRESENT, Boolean.class),
    PARENT("parent_node", Match.EQUAL, UUID.class),
    /** Whether the node is a part of another. */
    CHILD("parent_node", Match.PRESENT, Boolean.class),
    /** A part of the description, in upper or lower case. */
    DESCRIPTION_CONTAINS("description", Match.CONTAINS, String.class),
    /** The nodes it may be. */
    AMONG("uuid", Match.AMONG, Collection.class),
    /** Whether an allocation has chosen the node. */
    ALLOCATED("allocation_uuid", Match.PRESENT, Boolean.class);

    /** How a value is compared with what a node has. */
    public enum Match {
        EQUAL,
        /** One of two columns, with a comma between them, is equal. */
        EITHER_EQUAL,
        /** There is something, or nothing. */
        PRESENT,
        /** Equal to one of several. */
        AMONG,
        /** The value is a part of it; case does not matter. */
        CONTAINS
    }

    private final String column;
    private final Match match;
    private final Class<?> type;

    NodeFilter(String column, Match match, Class<?> type) {
        this.column = column;
        this.match = match;
        this.type = type;
    }

    /** The column of the table of nodes. */
    public String column() {
        return column;
    }

    public Match match() {
        return match;
    }

    /** What the value must be an instance of. */
    public Class<?> type() {
        return type;
    }
}

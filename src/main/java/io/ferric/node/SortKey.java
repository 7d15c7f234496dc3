package io.ferric.node;

import java.util.Optional;
import java.util.stream.Stream;

/** What a list of nodes can be sorted by; nodes that are equal in it follow by UUID. */
public enum SortKey {
    CREATED_AT("created_at", false),
    UUID("uuid", false),
    AUTOMATED_CLEAN("automated_clean", true),
    BOOT_MODE("boot_mode", true),
    CONDUCTOR_GROUP("conductor_group", false),
    DESCRIPTION("description", true),
    DRIVER("driver", false),
    FAULT("fault", true),
    INSPECTION_FINISHED_AT("inspection_finished_at", true),
    INSPECTION_STARTED_AT("inspection_started_at", true),
    INSTANCE_UUID("instance_uuid", true),
    LAST_ERROR("last_error", true),
    LESSEE("lessee", true),
    MAINTENANCE("maintenance", false),
    MAINTENANCE_REASON("maintenance_reason", true),
    NAME("name", true),
    OWNER("owner", true),
    PARENT_NODE("parent_node", true),
    POWER_STATE("power_state", true),
    PROTECTED("protected", "guarded", false),
    PROTECTED_REASON("protected_reason", "guarded_reason", true),
    PROVISION_STATE("provision_state", false),
    PROVISION_UPDATED_AT("provision_updated_at", true),
    RESERVATION("reservation", true),
    RESOURCE_CLASS("resource_class", true),
    RETIRED("retired", false),
    RETIRED_REASON("retired_reason", true),
    SECURE_BOOT("secure_boot", true),
    SHARD("shard", true),
    TARGET_POWER_STATE("target_power_state", true),
    TARGET_PROVISION_STATE("target_provision_state", true),
    UPDATED_AT("updated_at", true);

    private final String wireName;
    private final String column;
    private final boolean nullable;

    SortKey(String wireName, boolean nullable) {
        this(wireName, wireName, nullable);
    }

    SortKey(String wireName, String column, boolean nullable) {
        this.wireName = wireName;
        this.column = column;
        this.nullable = nullable;
    }

    /** The name in the REST API. */
    public String wireName() {
        return wireName;
    }

    /** The key of this name in the REST API; empty when there is none. */
    public static Optional<SortKey> ofWireName(String name) {
        return Stream.of(values()).filter(each -> each.wireName.equals(name)).findFirst();
    }

    /** The column of the table of nodes. */
    public String column() {
        return column;
    }

    /** Whether a node can be without it; such nodes come last. */
    public boolean nullable() {
        return nullable;
    }
}

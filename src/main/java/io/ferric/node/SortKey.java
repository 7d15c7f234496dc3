package io.ferric.node;

/** What a list of nodes can be sorted by; nodes that are equal in it follow by UUID. */
public enum SortKey {
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

package io.ferric.client;

/**
 * The kinds of resources there are, and how the API lists them. Source: Ironic's REST API reference.
 */
public enum Kind {
    NODES("nodes", 1, Detail.PATH),
    PORTS("ports", 1, Detail.PATH),
    PORTGROUPS("portgroups", 23, Detail.PATH),
    CHASSIS("chassis", 1, Detail.PATH),
    VOLUME_CONNECTORS("volume/connectors", 32, Detail.QUERY),
    VOLUME_TARGETS("volume/targets", 32, Detail.QUERY),
    ALLOCATIONS("allocations", 52, Detail.ALWAYS),
    DEPLOY_TEMPLATES("deploy_templates", 55, Detail.QUERY),
    RUNBOOKS("runbooks", 92, Detail.QUERY),
    CONDUCTORS("conductors", 49, Detail.QUERY),
    DRIVERS("drivers", 1, Detail.QUERY);

    /** How all the fields are asked for. */
    enum Detail {
        /** Below a path of their own. */
        PATH,
        /** By a parameter. */
        QUERY,
        /** They always come. */
        ALWAYS
    }

    private final String path;
    private final int since;
    private final Detail detail;

    Kind(String path, int since, Detail detail) {
        this.path = path;
        this.since = since;
        this.detail = detail;
    }

    /** Below {@code /v1}. */
    public String path() {
        return "/v1/" + path;
    }

    /** The key of the list in an answer. */
    public String key() {
        return path.substring(path.indexOf('/') + 1);
    }

    /** The microversion 1.{@code since} since which there are these. */
    public int since() {
        return since;
    }

    Detail detail() {
        return detail;
    }
}

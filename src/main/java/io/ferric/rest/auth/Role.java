package io.ferric.rest.auth;

/**
 * What a caller may do, in the whole system or, for a caller of a project, to the nodes of that project; {@link Right} has the
 * table.
 */
public enum Role {
    /** Everything. */
    ADMIN(4),
    /** Another service, such as Nova: what a manager may, and a few rights more. */
    SERVICE(3),
    /** What a member may, in projects more; neither enrol nor delete nodes. */
    MANAGER(3),
    /** Use nodes, but neither enrol nor delete them. */
    MEMBER(2),
    /** Look, at everything but secrets. */
    READER(1),
    /** The deploy ramdisk of one node, in the calls that continue its deploy, and nobody else's calls. */
    RAMDISK(0);

    private final int rank;

    Role(int rank) {
        this.rank = rank;
    }

    /** Whether whoever has this role may do what takes at least the other one. */
    boolean reaches(Role least) {
        return rank >= least.rank;
    }
}

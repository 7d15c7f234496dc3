package io.ferric.rest.auth;

/** What a caller may do. */
public enum Role {
    /** Everything. */
    ADMIN,
    /** Another service, such as Nova; everything too, as in Ironic: who may change a node's driver_info rules it anyway. */
    SERVICE,
    /** Look, at everything but secrets. */
    READER,
    /** The deploy ramdisk of one node, in the calls that continue its deploy. */
    RAMDISK;

    /** Whether this role may do more than look. */
    public boolean mayChange() {
        return this != READER;
    }
}

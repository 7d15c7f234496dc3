package io.ferric.rest.auth;

/** Whose token the deploy ramdisk shows where Keystone authenticates. */
public enum RamdiskTokenKind {
    /** One of Ferric's own user. */
    SERVICE,
    /** That of whoever asked for the deploy. */
    CALLER,
    /** One that Ferric makes itself, for one node and one deploy. */
    FERRIC
}

package io.ferric.lab.ilo;

/** What an iLO user may do. */
public enum Privilege {
    RESET_SERVER,
    VIRTUAL_MEDIA,
    CONFIG_ILO,
    /** To change accounts. */
    ADMIN,
    /** To use the remote console. */
    REMOTE_CONS
}

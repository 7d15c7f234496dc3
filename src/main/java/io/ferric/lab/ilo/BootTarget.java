package io.ferric.lab.ilo;

/** What a server can boot from, by the names of RIBCL's one-time boot. */
public enum BootTarget {
    NORMAL,
    FLOPPY,
    CDROM,
    HDD,
    USB,
    RBSU,
    NETWORK
}

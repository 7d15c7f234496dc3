package io.ferric.ilo.client;

/** The drives that an iLO pretends to put in the server. */
public enum MediaDrive {
    FLOPPY,
    CDROM
}

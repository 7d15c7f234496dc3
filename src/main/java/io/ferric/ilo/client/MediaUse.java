package io.ferric.ilo.client;

/** When the server gets to see inserted media. Source: HPE iLO scripting guide, SET_VM_STATUS. */
public enum MediaUse {
    /** At once, and at every boot until it is ejected. */
    CONNECT,
    /** At the next boot, which comes from it; ejected by the iLO at the boot after that. */
    BOOT_ONCE
}

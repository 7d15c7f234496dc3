package io.ferric.lab;

/** Ways in which a {@link SimulatedServer}, or the deploy ramdisk on it, misbehaves when told to. */
public enum ServerFault {
    /** Stands still after power-on: boots nothing. */
    HANGS_AT_BOOT,
    /** The iSCSI target resets the connection in the middle of the writing. */
    TARGET_RESETS,
    /** The iSCSI target stops answering in the middle of the writing. */
    TARGET_FREEZES,
    /** The iSCSI target reports a write error of the disk. */
    TARGET_REPORTS_ERROR,
    /** The iSCSI target exports a disk of 8 MiB. */
    DISK_TOO_SMALL,
    /** The iSCSI target has another name than the one that was ordered and reported. */
    WRONG_TARGET_NAME,
    /** The target offers no way to write zeros but to write them. */
    NO_ZEROING,
    /** The deploy ramdisk calls back with a wrong key. */
    WRONG_KEY,
    /** The deploy ramdisk calls back without a key. */
    MISSING_KEY,
    /** The deploy ramdisk starts its target and never calls. */
    NO_CALLBACK,
    /** The deploy ramdisk reports an error of its own. */
    ERROR_IN_CALLBACK,
    /** The deploy ramdisk calls a second time, after the first call was accepted. */
    CALLS_TWICE,
    /** The deploy ramdisk does not listen for the word that the conductor is done. */
    NEVER_LISTENS_FOR_DONE,
    /** The deploy ramdisk cannot install a boot loader, and reports that. */
    BOOT_LOADER_FAILS,
    /** The deploy ramdisk installs a boot loader and never reports it. */
    NO_BOOT_LOADER_REPORT,
    /** The instance does not heed the power button. */
    IGNORES_POWER_BUTTON
}

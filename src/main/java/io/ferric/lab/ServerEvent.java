package io.ferric.lab;

import java.time.Instant;

/** A line on the console of a {@link LabServer}. Holds no secrets and no URLs. */
public record ServerEvent(Instant at, Stage stage, String message) {
    /** How far the server got; a stage may come again and again. */
    public enum Stage {
        /** A line without a turn of events. */
        NOTE,
        /** The firmware started. */
        STARTED,
        /** The power went. */
        POWERED_OFF,
        /** A medium turned out to be bootable, and its kernel and ramdisk were loaded. */
        LOADED,
        /** The deploy ramdisk has its orders. */
        ORDERED,
        /** The iSCSI target is up. */
        TARGET_UP,
        /** The conductor accepted the call. */
        CALL_ACCEPTED,
        /** The conductor refused the call, or could not be reached. */
        CALL_REFUSED,
        /** The conductor said that it is done. */
        DONE,
        /** The deploy ramdisk has put a boot loader on the disk. */
        BOOT_LOADER_INSTALLED,
        /** The deploy ramdisk resets the server. */
        RESETTING,
        /**
         * The instance runs: kernel, ramdisk, and a root file system with the UUID that the kernel was given; or what
         * the boot loader on its own disk started.
         */
        INSTANCE_UP,
        /** Nothing to boot from. */
        NO_BOOTABLE_DEVICE,
        /** The server stopped with an error and waits for someone to reset it. */
        STOPPED
    }

    @Override
    public String toString() {
        return at + " " + stage + " " + message;
    }
}

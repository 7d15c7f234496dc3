package io.ferric.lab.ilo;

/**
 * What an iLO tells the machine it sits in. The calls come one at a time from a thread of the iLO and must return soon.
 */
public interface PowerHook {
    /** Nobody listens. */
    PowerHook NONE = boot -> {};

    /** The server starts from its reset vector: after power-on, or again after a reset. */
    void booting(BootAttempt boot);

    /** The power is gone. */
    default void poweredOff() {}

    /** Someone pressed the power button of the running server; its operating system may shut down, or not care. */
    default void powerButtonPressed() {}

    /**
     * A medium came into a drive and is connected, whether the server runs or not. Called as well for what the next
     * boot attempt already shows.
     */
    default void inserted(MediaDevice device, Bay bay) {}

    /** The medium of a drive is gone, or no longer connected. */
    default void ejected(MediaDevice device) {}
}

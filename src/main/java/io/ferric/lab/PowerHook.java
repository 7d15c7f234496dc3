package io.ferric.lab;

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
}

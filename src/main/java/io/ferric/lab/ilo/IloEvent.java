package io.ferric.lab.ilo;

import java.time.Instant;

/**
 * Something that happened in an iLO, for assertions and for the curious. Holds no secrets and no URLs.
 *
 * @param detail the command, the device or the value; empty when the kind says it all
 */
public record IloEvent(Instant at, Kind kind, String detail) {
    /** What happened. */
    public enum Kind {
        /** A command was asked for; the detail is its name. */
        COMMAND,
        /** A login was refused. */
        LOGIN_REJECTED,
        /** A fault struck; the detail is its name. */
        FAULT,
        POWERED_ON,
        POWERED_OFF,
        RESET,
        BUTTON_PRESSED,
        /** The server began to boot; the detail is the boot order. */
        BOOTED,
        INSERTED,
        EJECTED,
        CONNECTED,
        DISCONNECTED,
        ONE_TIME_BOOT,
        PERSISTENT_BOOT,
        BOOT_MODE,
        /** The server's self-test began; the detail says how long it takes. */
        POST_STARTED,
        NMI,
        /** A licence was installed or removed; the detail is what is there now. */
        LICENSE,
        /** The locator light changed. */
        LIGHT,
        SECURE_BOOT,
        /** The iLO itself restarted. */
        ILO_RESET,
        /** An account was added, changed or removed; the detail is its name. */
        ACCOUNT
    }

    @Override
    public String toString() {
        return detail.isEmpty() ? kind.name() : kind + " " + detail;
    }
}

package io.ferric.ilo.client;

/** The light by which a server is found in its rack. */
public enum Indicator {
    ON,
    OFF,
    /** The iLO itself says so during work that must not be interrupted, such as a firmware update. */
    BLINKING
}

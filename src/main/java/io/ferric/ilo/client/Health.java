package io.ferric.ilo.client;

/** How a part of the server is, in the iLO's judgement. */
public enum Health {
    OK,
    WARNING,
    CRITICAL,
    /** Not there, or not told. */
    UNKNOWN
}

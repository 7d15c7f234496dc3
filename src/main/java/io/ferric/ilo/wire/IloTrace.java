package io.ferric.ilo.wire;

/**
 * Hears what is said to and by iLOs, with user name, password and signed parts of URLs masked: for bug reports. Called
 * in the thread of the call.
 */
@FunctionalInterface
public interface IloTrace {
    /** Hears nothing. */
    IloTrace NONE = (bmc, direction, text) -> {};

    /** Who speaks. */
    enum Direction {
        TO_ILO,
        FROM_ILO
    }

    void say(String bmc, Direction direction, String text);
}

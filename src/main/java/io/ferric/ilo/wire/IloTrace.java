package io.ferric.ilo.wire;

import java.io.IOException;

/**
 * Hears what is said to and by iLOs, with all that is secret masked by {@link Redaction}: for bug reports. Called in the
 * thread of the call.
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

    /**
     * @param bmc host and port
     * @param text a whole request or answer, or why there was none
     */
    void say(String bmc, Direction direction, String text);

    /** A line that tells this trace what goes over it, masked. */
    default IloLine over(IloLine line, IloAccess access) {
        if (this == NONE) {
            return line;
        }
        Redaction redaction = Redaction.of(access);
        return call -> {
            say(access.authority(), Direction.TO_ILO, redaction.call(call));
            try {
                HttpAnswer answer = line.exchange(call);
                say(access.authority(), Direction.FROM_ILO, redaction.answer(answer));
                return answer;
            } catch (IOException e) {
                say(access.authority(), Direction.FROM_ILO, "no answer: " + redaction.text(e.toString()));
                throw e;
            }
        };
    }
}

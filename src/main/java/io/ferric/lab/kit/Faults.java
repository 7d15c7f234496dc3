package io.ferric.lab.kit;

import java.util.EnumMap;
import java.util.Map;

/**
 * Faults waiting to happen, set at run time: each strikes a number of times or always. Thread-safe.
 *
 * @param <F> the list of faults
 */
public final class Faults<F extends Enum<F>> {
    private static final int ALWAYS = Integer.MAX_VALUE;

    private final Map<F, Integer> waiting;

    public Faults(Class<F> type) {
        waiting = new EnumMap<>(type);
    }

    /** Lets the fault strike the next {@code times} occasions on which it could. */
    public synchronized void inject(F fault, int times) {
        if (times < 1) {
            throw new IllegalArgumentException("times is " + times + "; a fault strikes at least once");
        }
        waiting.put(fault, times);
    }

    /** Lets the fault strike on every occasion until it is cleared. */
    public void always(F fault) {
        inject(fault, ALWAYS);
    }

    /** Takes a fault back. */
    public synchronized void clear(F fault) {
        waiting.remove(fault);
    }

    /** Takes all faults back. */
    public synchronized void clear() {
        waiting.clear();
    }

    /** Says whether the fault would strike now, without using it up. */
    public synchronized boolean pending(F fault) {
        return waiting.containsKey(fault);
    }

    /** Says whether the fault strikes now, and uses up one occasion of it. */
    public synchronized boolean strikes(F fault) {
        Integer left = waiting.get(fault);
        if (left == null) {
            return false;
        }
        if (left == 1) {
            waiting.remove(fault);
        } else if (left != ALWAYS) {
            waiting.put(fault, left - 1);
        }
        return true;
    }

    @Override
    public synchronized String toString() {
        return waiting.toString();
    }
}

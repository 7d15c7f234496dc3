package io.ferric.lab.ilo;

import java.util.Arrays;

/** Faults by name. */
final class RestTrouble {
    private RestTrouble() {}

    static boolean struck(IloState state, String fault) {
        return Arrays.stream(IloFault.values()).anyMatch(each -> each.name().equals(fault) && state.struck(each));
    }
}

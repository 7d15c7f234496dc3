package io.ferric.ilo;

import io.ferric.ilo.client.BadMoment;
import io.ferric.node.OperationFailed;

/**
 * Does what must not be left undone because of one bad moment of the iLO: ejecting and switching off come after a failure,
 * which often was the iLO's own. Only for work that may be done twice. Safe for use by many threads.
 */
final class Insistence {
    private static final int TRIES = 3;

    private final IloConfig config;
    private final Pause pause;

    Insistence(IloConfig config, Pause pause) {
        this.config = config;
        this.pause = pause;
    }

    void on(Runnable work) {
        for (int attempt = 1; ; attempt++) {
            try {
                work.run();
                return;
            } catch (OperationFailed e) {
                if (attempt == TRIES || !BadMoment.caused(e)) {
                    throw e;
                }
                pause.pause(config.powerWait());
            }
        }
    }
}

package io.ferric.ilo;

import io.ferric.ilo.wire.BadMoment;
import io.ferric.ilo.wire.Pause;
import io.ferric.node.OperationFailed;
import java.util.function.Supplier;

/**
 * Does what must not be left undone because of one bad moment of the iLO: ejecting and switching off come after a
 * failure, which often was the iLO's own, and the boot order is set when the disk is written already. Only for work that may be done twice. Safe for use by many threads.
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
        get(() -> {
            work.run();
            return null;
        });
    }

    <T> T get(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.get();
            } catch (OperationFailed e) {
                if (attempt == TRIES || !BadMoment.caused(e)) {
                    throw e;
                }
                pause.pause(config.powerWait());
            }
        }
    }
}

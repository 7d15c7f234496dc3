package io.ferric.ilo;

import io.ferric.driver.Task;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.wire.Words;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import java.time.Duration;

/** Restarts an iLO and waits until it answers again. Safe for use by many threads. */
final class IloReset {
    /** An iLO may answer for a while yet before it goes; it is believed to have gone after so many looks. */
    private static final int LAST_ANSWERS = 15;

    private static final String STEP = "reset iLO";

    private final NodeIlo ilos;
    private final IloConfig config;
    private final StepWait wait;

    IloReset(NodeIlo ilos, IloConfig config, StepWait wait) {
        this.ilos = ilos;
        this.config = config;
        this.wait = wait;
    }

    void run(Task task) {
        IloClient ilo = ilos.client(task);
        task.event(STEP, "Restarting the iLO; the server goes on running");
        Offer.of(ilo::resetIlo);
        Duration going = config.powerWait().multipliedBy(LAST_ANSWERS);
        wait.until(task, going, () -> !answers(ilo));
        if (!wait.until(task, () -> answers(ilo))) {
            throw new OperationFailed(
                    FaultCode.ILO_OPERATION_ERROR,
                    "The iLO was restarted and does not answer after " + Words.shown(wait.patience()),
                    "Look whether its network and its address are as before; if it only needs longer, raise"
                            + " ilo.step_timeout.");
        }
        task.event(STEP, "The iLO answers again");
    }

    private static boolean answers(IloClient ilo) {
        try {
            ilo.power();
            return true;
        } catch (OperationFailed e) {
            return false;
        }
    }
}

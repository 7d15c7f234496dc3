package io.ferric.ilo;

import io.ferric.deploy.InstanceBoot;
import io.ferric.driver.Findings;
import io.ferric.driver.PowerInterface;
import io.ferric.driver.Task;
import io.ferric.ilo.client.IloClient;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A server's power through its iLO. An active node whose instance does not boot from its disk boots from a boot ISO
 * in the virtual drive, which an iLO forgets, so switching it on and rebooting it attach the ISO anew; a node in any
 * other state gets no ISO, or a rebuild would boot the old instance. Source: Ironic's IloPower and its blueprint.
 * Safe for use by many threads.
 */
public final class IloPower implements PowerInterface {
    private final NodeIlo ilos;
    private final VirtualMediaBoot media;
    private final IloConfig config;
    private final Pause pause;
    private final Insistence insistence;

    IloPower(NodeIlo ilos, VirtualMediaBoot media, IloConfig config, Pause pause) {
        this.ilos = ilos;
        this.media = media;
        this.config = config;
        this.pause = pause;
        this.insistence = new Insistence(config, pause);
    }

    @Override
    public void validate(Task task, Findings findings) {
        ilos.check(task.node(), findings);
    }

    @Override
    public PowerState state(Task task) {
        return ilos.client(task.node()).power();
    }

    @Override
    public void apply(Task task, PowerAction action, Optional<Duration> patience) {
        IloClient ilo = ilos.client(task.node());
        if (action == PowerAction.OFF) {
            insistence.on(() -> switchOff(ilo, ilo.power()));
            return;
        }
        PowerState before = ilo.power();
        if (action == PowerAction.REBOOT && before == PowerState.ON) {
            reset(task, ilo);
        } else {
            switchOn(task, ilo, before);
        }
    }

    private void switchOff(IloClient ilo, PowerState before) {
        if (before != PowerState.OFF) {
            ilo.holdPowerButton();
            waitFor(ilo, PowerAction.OFF, 0);
        }
    }

    /** A reset is refused by a server that is off, which is why rebooting one comes here. */
    private void switchOn(Task task, IloClient ilo, PowerState before) {
        if (before != PowerState.ON) {
            attachBootIso(task);
            ilo.powerOn();
            waitFor(ilo, PowerAction.ON, 0);
        }
    }

    /** Right after a reset the state is still ON, so the first look never counts. */
    private void reset(Task task, IloClient ilo) {
        attachBootIso(task);
        ilo.reset();
        waitFor(ilo, PowerAction.REBOOT, 1);
    }

    private void attachBootIso(Task task) {
        Optional<String> bootIso = BootIsoLibrary.recorded(task.node());
        boolean needed = !InstanceBoot.remembered(task.node()).fromDisk();
        if (task.node().provisionState() == ProvisionState.ACTIVE && needed && bootIso.isPresent()) {
            media.setupVirtualMediaBoot(task, bootIso.get(), Map.of());
        }
    }

    private void waitFor(IloClient ilo, PowerAction action, int looksThatDoNotCount) {
        PowerState last = PowerState.ERROR;
        for (int look = 0; look <= config.powerRetry(); look++) {
            if (look > 0) {
                pause.pause(config.powerWait());
            }
            last = ilo.power();
            if (last == action.goal() && look >= looksThatDoNotCount) {
                return;
            }
        }
        throw new OperationFailed(
                FaultCode.POWER_STATE_FAILURE,
                "Failed to set node power state to " + action + ": the iLO takes the command but still says " + last
                        + " after "
                        + config.powerWait().multipliedBy(config.powerRetry()).toSeconds() + " s",
                "If the server only needs longer, raise ilo.power_retry or ilo.power_wait; else look at its console.");
    }
}

package io.ferric.ilo;

import io.ferric.deploy.InstanceBoot;
import io.ferric.driver.Findings;
import io.ferric.driver.PowerInterface;
import io.ferric.driver.Task;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.PostState;
import io.ferric.ilo.wire.Words;
import io.ferric.node.FaultCode;
import io.ferric.node.NodeFault;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A server's power through its iLO. An active node whose instance does not boot from its disk boots from a boot ISO
 * in the virtual drive, which an iLO forgets, so switching it on and rebooting it attach the ISO anew; a node in any
 * other state gets no ISO, or a rebuild would boot the old instance. Source: Ironic's IloPower and its blueprint.
 * Safe for use by many threads.
 */
public final class IloPower implements PowerInterface {
    /** How long an operating system may take to shut down where nobody says. Source: Ironic's soft_power_off_timeout. */
    static final Duration SHUTDOWN = Duration.ofMinutes(10);

    private static final String STEP = "power";

    private final NodeIlo ilos;
    private final Sightings sightings;
    private final VirtualMediaBoot media;
    private final PowerWatch watch;
    private final Insistence insistence;

    IloPower(IloParts.Talk talk, VirtualMediaBoot media, PowerWatch watch, Insistence insistence) {
        this.ilos = talk.ilos();
        this.sightings = talk.sightings();
        this.media = media;
        this.watch = watch;
        this.insistence = insistence;
    }

    @Override
    public void validate(Task task, Findings findings) {
        ilos.check(task.node(), findings);
    }

    /** Looks at the rest of the iLO too when the node is being verified. */
    @Override
    public PowerState state(Task task) {
        PowerState state = ilos.client(task).power();
        if (task.node().provisionState() == ProvisionState.VERIFYING) {
            sightings.look(task);
        }
        return state;
    }

    @Override
    public Set<PowerAction> supported(Task task) {
        return EnumSet.allOf(PowerAction.class);
    }

    /**
     * The soft ones press the power button once, and leave a server alone whose operating system does not heed it.
     *
     * @param patience for the soft ones how long the operating system may take to shut down; {@link #SHUTDOWN} if empty
     */
    @Override
    public void apply(Task task, PowerAction action, Optional<Duration> patience) {
        Change change = new Change(task, ilos.client(task), action, patience);
        switch (action) {
            case ON -> change.switchOn(change.ilo.power());
            case OFF -> insistence.on(change::switchOff);
            case REBOOT -> change.reboot();
            case SOFT_OFF -> change.shutDown();
            case SOFT_REBOOT -> {
                change.shutDown();
                change.switchOn(PowerState.OFF);
            }
        }
    }

    /** One change of one server's power. */
    private final class Change {
        private final Task task;
        private final IloClient ilo;
        private final PowerAction action;
        private final Optional<Duration> patience;

        Change(Task task, IloClient ilo, PowerAction action, Optional<Duration> patience) {
            this.task = task;
            this.ilo = ilo;
            this.action = action;
            this.patience = patience;
        }

        void switchOff() {
            if (ilo.power() != PowerState.OFF) {
                ilo.holdPowerButton();
                reach(PowerState.OFF, 0);
            }
        }

        void switchOn(PowerState before) {
            if (before != PowerState.ON) {
                attachBootIso(task);
                ilo.powerOn();
                reach(PowerState.ON, 0);
            }
        }

        /** A reset is refused by a server that is off. Right after one the state is still ON: the first look never counts. */
        void reboot() {
            PowerState before = ilo.power();
            if (before == PowerState.ON) {
                attachBootIso(task);
                ilo.reset();
                reach(PowerState.ON, 1);
            } else {
                switchOn(before);
            }
        }

        /** The button is pressed once, and only when the server is on: it would switch on one that is off. */
        void shutDown() {
            PowerState before = insistence.get(ilo::power);
            if (before == PowerState.OFF) {
                return;
            }
            if (before != PowerState.ON) {
                throw failure(
                        "the iLO says neither on nor off, and the power button was not pressed",
                        "Look at the server's console, or use 'power off'.");
            }
            Duration limit = patience.orElse(SHUTDOWN);
            ilo.pressPowerButton();
            task.event(
                    STEP,
                    "The power button was pressed; the operating system has " + Words.shown(limit) + " to shut down");
            if (watch.waitFor(task, ilo, PowerState.OFF, limit, 0).isPresent()) {
                throw failure(
                        "the operating system did not shut down within " + Words.shown(limit)
                                + " after the power button was pressed" + whileInPost() + "; the server was left on",
                        "Look at the server's console: it may have no operating system, or one that takes longer, or does"
                                + " not heed the power button. 'power off' takes the power away.");
            }
        }

        private String whileInPost() {
            try {
                return ilo.postState()
                        .filter(PostState::underWay)
                        .map(post -> " (it is still in its self-test)")
                        .orElse("");
            } catch (NodeFault e) {
                return "";
            }
        }

        private void reach(PowerState goal, int unbelieved) {
            Duration limit = patience.filter(given -> !action.soft()).orElseGet(watch::usual);
            watch.waitFor(task, ilo, goal, limit, unbelieved).ifPresent(last -> {
                throw failure(
                        "the iLO takes the command but still says " + last + " after " + Words.shown(limit),
                        "If the server only needs longer, raise ilo.power_retry or ilo.power_wait; else look at its console.");
            });
        }

        private OperationFailed failure(String why, String hint) {
            return new OperationFailed(
                    FaultCode.POWER_STATE_FAILURE, "Failed to set node power state to " + action + ": " + why, hint);
        }
    }

    private void attachBootIso(Task task) {
        Optional<String> bootIso = BootIsoLibrary.recorded(task.node());
        boolean needed = !InstanceBoot.remembered(task.node()).fromDisk();
        if (task.node().provisionState() == ProvisionState.ACTIVE && needed && bootIso.isPresent()) {
            media.setupVirtualMediaBoot(task, bootIso.get(), Map.of());
        }
    }
}

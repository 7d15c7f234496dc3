package io.ferric.ilo;

import io.ferric.driver.Findings;
import io.ferric.driver.ManagementInterface;
import io.ferric.driver.Task;
import io.ferric.ilo.client.BootTarget;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.Indicator;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Boot device, boot mode, sensors, the light and the NMI through the iLO. Source: Ironic's IloManagement. Safe for use by many threads. */
public final class IloManagement implements ManagementInterface {
    private static final String STEP = "boot device";

    /** What would start something else than the instance, the worse one last: the CD drive is empty. */
    private static final List<BootTarget> ELSEWHERE = List.of(BootTarget.CDROM, BootTarget.PXE);

    private static final Logger LOG = LoggerFactory.getLogger(IloManagement.class);

    private static final IndicatorLight LED =
            new IndicatorLight("chassis", "led", EnumSet.of(IndicatorState.ON, IndicatorState.OFF));

    private final NodeIlo ilos;
    private final Sightings sightings;
    private final Insistence insistence;

    IloManagement(NodeIlo ilos, Sightings sightings, Insistence insistence) {
        this.ilos = ilos;
        this.sightings = sightings;
        this.insistence = insistence;
    }

    /** Also warns of what the iLO was last seen to be. */
    @Override
    public void validate(Task task, Findings findings) {
        ilos.check(task.node(), findings).ifPresent(info -> {
            Warnings.ofAccess(info, findings);
            sightings.of(task.node(), info).ifPresent(seen -> Warnings.ofFirmware(seen, findings));
        });
    }

    @Override
    public List<BootDevice> supportedBootDevices(Task task) {
        return List.of(BootDevice.PXE, BootDevice.DISK, BootDevice.CDROM);
    }

    /** What is set for one boot goes before what is set for all. */
    @Override
    public BootChoice bootDevice(Task task) {
        IloClient ilo = ilos.client(task);
        BootTarget once = ilo.oneTimeBoot();
        if (once != BootTarget.NORMAL) {
            return new BootChoice(once.device(), Optional.of(false));
        }
        Optional<BootDevice> first = ilo.persistentBoot().stream().findFirst().flatMap(BootTarget::device);
        return new BootChoice(first, first.map(device -> true));
    }

    @Override
    public void setBootDevice(Task task, BootDevice device, boolean persistent) {
        IloClient ilo = ilos.client(task);
        if (persistent) {
            ilo.setPersistentBoot(device);
        } else {
            ilo.setOneTimeBoot(device);
        }
    }

    /**
     * Has the server boot from its disk at this and every later boot: nothing is set for one boot alone, and all that is
     * known of its disks goes before everything else. A UEFI boot order that knows no disk yet, for nothing could be
     * booted from it so far, gets CD and network put last instead: that a firmware adds a new disk before them is likely,
     * but cannot be promised. What the iLO shows afterwards is told.
     */
    void bootFromDisk(Task task) {
        IloClient ilo = ilos.client(task);
        if (insistence.get(ilo::oneTimeBoot) != BootTarget.NORMAL) {
            insistence.on(ilo::clearOneTimeBoot);
        }
        List<BootTarget> before = insistence.get(ilo::persistentBoot);
        if (before.isEmpty() || before.contains(BootTarget.DISK)) {
            insistence.on(() -> ilo.setPersistentBoot(BootDevice.DISK));
            tellOrder(task, insistence.get(ilo::persistentBoot));
        } else {
            insistence.on(() -> ilo.setPersistentBootLast(ELSEWHERE));
            warnOfOrder(task, insistence.get(ilo::persistentBoot));
        }
    }

    private static void tellOrder(Task task, List<BootTarget> order) {
        boolean shown = order.isEmpty() || order.get(0) == BootTarget.DISK;
        task.event(
                STEP,
                shown
                        ? "The server boots from its disk from now on"
                        : "Warning: the iLO was told to boot from the disk first, but still shows the boot order "
                                + order);
    }

    private static void warnOfOrder(Task task, List<BootTarget> order) {
        String warning = "the server's boot order has no entry for its disk yet; CD and network were put last: " + order
                + ". Should the server boot from them nevertheless, set the boot device disk for good, and reboot";
        LOG.warn("node {}: {}", task.node().uuid(), warning);
        task.event(STEP, "Warning: " + warning);
    }

    @Override
    public Optional<BootMode> bootMode(Task task) {
        IloClient ilo = ilos.client(task);
        return insistence.get(ilo::pendingBootMode);
    }

    /** Writes only a mode that is not set already. */
    @Override
    public void setBootMode(Task task, BootMode mode) {
        IloClient ilo = ilos.client(task);
        insistence.on(() -> {
            if (!ilo.pendingBootMode().equals(Optional.of(mode))) {
                ilo.setBootMode(mode);
            }
        });
    }

    @Override
    public Set<BootMode> supportedBootModes(Task task) {
        return ilos.client(task).supportedBootModes();
    }

    @Override
    public Optional<Boolean> secureBoot(Task task) {
        return ilos.client(task).secureBoot();
    }

    @Override
    public Map<String, Map<String, Object>> sensors(Task task) {
        return SensorTable.of(Offer.of(ilos.client(task)::sensors));
    }

    @Override
    public List<IndicatorLight> indicators(Task task) {
        return List.of(LED);
    }

    @Override
    public IndicatorState indicator(Task task, IndicatorLight light) {
        requireLed(light);
        return switch (Offer.of(ilos.client(task)::indicator)) {
            case ON -> IndicatorState.ON;
            case OFF -> IndicatorState.OFF;
            case BLINKING -> IndicatorState.BLINKING;
        };
    }

    @Override
    public void setIndicator(Task task, IndicatorLight light, IndicatorState state) {
        requireLed(light);
        if (!LED.states().contains(state)) {
            throw new InvalidRequest(
                    FaultCode.INVALID_PARAMETER_VALUE,
                    "The indicator led of the chassis can be ON or OFF; only the iLO itself lets it blink",
                    "");
        }
        IloClient ilo = ilos.client(task);
        Offer.of(() -> ilo.setIndicator(state == IndicatorState.ON ? Indicator.ON : Indicator.OFF));
    }

    @Override
    public void injectNmi(Task task) {
        Offer.of(ilos.client(task)::injectNmi);
    }

    private static void requireLed(IndicatorLight light) {
        if (!light.component().equals(LED.component()) || !light.name().equals(LED.name())) {
            throw new InvalidRequest(
                    FaultCode.INVALID_PARAMETER_VALUE,
                    "There is no indicator " + light.name() + " of " + light.component()
                            + "; an iLO has led of chassis",
                    "");
        }
    }
}

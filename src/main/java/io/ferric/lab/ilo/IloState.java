package io.ferric.lab.ilo;

import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.kit.Faults;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * What an iLO knows and does, whatever protocol asks: power, virtual drives, boot order, boot mode, and a log of what
 * happened. Thread-safe; the hook is called from the one thread of the timer, in the order of the events.
 */
public final class IloState {
    /** The server's power as the iLO sees it. */
    public enum Power {
        ON,
        OFF
    }

    /**
     * How long the hardware takes.
     *
     * @param on from the command to ON
     * @param off from the command to OFF
     */
    public record PowerDelays(Duration on, Duration off) {}

    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final PowerDelays delays;
    private final Faults<IloFault> faults;
    private final Map<MediaDevice, Bay> bays = new EnumMap<>(MediaDevice.class);
    private final List<IloEvent> events = new ArrayList<>();
    private List<BootTarget> persistent =
            List.of(BootTarget.CDROM, BootTarget.FLOPPY, BootTarget.HDD, BootTarget.USB, BootTarget.NETWORK);
    private BootTarget oneTime = BootTarget.NORMAL;
    private FirmwareMode currentMode;
    private FirmwareMode pendingMode;
    private Power power = Power.OFF;
    private Optional<Power> heading = Optional.empty();
    private int transition;
    private PowerHook hook = PowerHook.NONE;

    IloState(
            Clock clock,
            ScheduledExecutorService timer,
            PowerDelays delays,
            FirmwareMode mode,
            Faults<IloFault> faults) {
        this.clock = clock;
        this.timer = timer;
        this.delays = delays;
        this.faults = faults;
        this.currentMode = mode;
        this.pendingMode = mode;
        for (MediaDevice device : MediaDevice.values()) {
            bays.put(device, Bay.empty());
        }
    }

    /** Makes {@code hook} the machine that this iLO sits in. */
    public synchronized void attach(PowerHook newHook) {
        hook = newHook;
    }

    // ---- power

    public synchronized Power power() {
        return power;
    }

    /** Switches the server on after the delay; nothing happens when it is on or on its way. */
    public synchronized void powerOn() {
        if (power == Power.OFF) {
            switchTo(Power.ON, delays.on());
        }
    }

    /** Takes the power away after the delay, as holding the button does; a server on its way to ON stays off. */
    public synchronized void powerOff() {
        if (power == Power.ON) {
            switchTo(Power.OFF, delays.off());
        } else if (heading.isPresent() && !struck(IloFault.STUCK_POWER)) {
            heading = Optional.empty();
            transition++;
        }
    }

    /** Presses the button shortly: an off server goes on, a running one is only asked. */
    public synchronized void pressButton() {
        log(Kind.BUTTON_PRESSED, "");
        if (power == Power.OFF) {
            powerOn();
        } else if (!struck(IloFault.STUCK_POWER)) {
            PowerHook machine = hook;
            later(Duration.ZERO, machine::powerButtonPressed);
        }
    }

    /** Resets a running server: it boots again. False, and nothing done, when it is off. */
    public synchronized boolean reset(String cause) {
        if (power == Power.OFF) {
            return false;
        }
        if (!struck(IloFault.STUCK_POWER)) {
            log(Kind.RESET, cause);
            later(Duration.ZERO, () -> boot(cause));
        }
        return true;
    }

    /** The server resets itself, as its operating system may at any time. */
    public synchronized void hostReset(String cause) {
        log(Kind.RESET, cause);
        later(Duration.ZERO, () -> boot(cause));
    }

    /** The server switches itself off. */
    public synchronized void hostPowerOff() {
        later(Duration.ZERO, () -> arrive(Power.OFF));
    }

    /** Takes the power away and gives it back. False, and nothing done, when the server is off. */
    public synchronized boolean coldBoot() {
        if (power == Power.OFF) {
            return false;
        }
        if (!struck(IloFault.STUCK_POWER)) {
            later(delays.off(), () -> arrive(Power.OFF));
            later(delays.off().plus(delays.on()), () -> arrive(Power.ON));
        }
        return true;
    }

    private void switchTo(Power target, Duration delay) {
        if (heading.isPresent() || struck(IloFault.STUCK_POWER)) {
            return;
        }
        heading = Optional.of(target);
        int mine = ++transition;
        later(delay, () -> arrive(target, mine));
    }

    private void arrive(Power target, int mine) {
        synchronized (this) {
            if (mine != transition) {
                return;
            }
        }
        arrive(target);
    }

    private void arrive(Power target) {
        PowerHook machine;
        synchronized (this) {
            heading = Optional.empty();
            power = target;
            machine = hook;
            log(target == Power.ON ? Kind.POWERED_ON : Kind.POWERED_OFF, "");
        }
        if (target == Power.ON) {
            boot("power on");
        } else {
            machine.poweredOff();
        }
    }

    private void boot(String cause) {
        BootAttempt attempt;
        PowerHook machine;
        synchronized (this) {
            if (power == Power.OFF) {
                return;
            }
            attempt = nextBoot(cause);
            machine = hook;
            log(Kind.BOOTED, attempt.order().toString());
        }
        machine.booting(attempt);
    }

    private BootAttempt nextBoot(String cause) {
        currentMode = pendingMode == FirmwareMode.UNKNOWN ? currentMode : pendingMode;
        List<BootTarget> order = new ArrayList<>();
        if (oneTime != BootTarget.NORMAL) {
            order.add(oneTime);
        }
        oneTime = BootTarget.NORMAL;
        bays.replaceAll((device, bay) -> {
            if (bay.option() == Bay.Option.BOOT_ONCE) {
                order.add(device.bootTarget());
            } else if (bay.option() == Bay.Option.BOOTED_ONCE) {
                log(Kind.EJECTED, device + " by itself");
            }
            return bay.atBoot();
        });
        order.addAll(persistent);
        return new BootAttempt(cause, order.stream().distinct().toList(), bays, currentMode);
    }

    private void later(Duration delay, Runnable action) {
        try {
            timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            // closed meanwhile: a dead iLO switches nothing
        }
    }

    // ---- virtual media

    public synchronized Bay bay(MediaDevice device) {
        return bays.get(device);
    }

    /** Puts an image in a drive, over whatever is in it. */
    public synchronized void insert(MediaDevice device, String url) {
        change(device, Kind.INSERTED, bay -> bay.insert(url));
    }

    public synchronized void eject(MediaDevice device) {
        change(device, Kind.EJECTED, Bay::eject);
    }

    public synchronized void connect(MediaDevice device) {
        change(device, Kind.CONNECTED, Bay::connect);
    }

    public synchronized void disconnect(MediaDevice device) {
        change(device, Kind.DISCONNECTED, Bay::disconnect);
    }

    /** Sets what happens to the drive at the next boots; changes nothing now. */
    public synchronized void bootOption(MediaDevice device, Bay.Option option) {
        bays.computeIfPresent(device, (d, bay) -> bay.option(option));
    }

    public synchronized void writeProtect(MediaDevice device, boolean on) {
        bays.computeIfPresent(device, (d, bay) -> bay.protect(on));
    }

    /** Lets a console applet take or free the drive. */
    public synchronized void holdByConsole(MediaDevice device, boolean held) {
        bays.computeIfPresent(device, (d, bay) -> bay.held(held));
    }

    private void change(MediaDevice device, Kind kind, UnaryOperator<Bay> change) {
        Bay before = bays.get(device);
        Bay after = change.apply(before);
        bays.put(device, after);
        log(kind, device.name());
        PowerHook machine = hook;
        if (after.inserted() && after.connected()) {
            later(Duration.ZERO, () -> machine.inserted(device, after));
        } else if (before.inserted() && before.connected()) {
            later(Duration.ZERO, () -> machine.ejected(device));
        }
    }

    // ---- boot order and mode

    public synchronized BootTarget oneTimeBoot() {
        return oneTime;
    }

    /** Sets what the next boot, and only that, tries first. */
    public synchronized void oneTimeBoot(BootTarget target) {
        oneTime = target;
        log(Kind.ONE_TIME_BOOT, target.name());
    }

    public synchronized List<BootTarget> persistentBoot() {
        return persistent;
    }

    /** Moves the targets to the front of the persistent list, in the order given. */
    public synchronized void persistentBoot(List<BootTarget> first) {
        List<BootTarget> order = new ArrayList<>(first);
        order.addAll(persistent);
        persistent = order.stream().distinct().toList();
        log(Kind.PERSISTENT_BOOT, persistent.toString());
    }

    public synchronized FirmwareMode currentMode() {
        return currentMode;
    }

    public synchronized FirmwareMode pendingMode() {
        return pendingMode;
    }

    /** Sets the mode of the next boot and all after it. */
    public synchronized void pendingMode(FirmwareMode mode) {
        pendingMode = mode;
        log(Kind.BOOT_MODE, mode.name());
    }

    // ---- the log

    public synchronized List<IloEvent> events() {
        return List.copyOf(events);
    }

    synchronized void log(Kind kind, String detail) {
        events.add(new IloEvent(clock.instant(), kind, detail));
    }

    /** Says whether the fault strikes now, and writes it in the log if so. */
    public boolean struck(IloFault fault) {
        boolean strikes = faults.strikes(fault);
        if (strikes) {
            log(Kind.FAULT, fault.name());
        }
        return strikes;
    }
}

package io.ferric.lab.ilo;

import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.kit.Faults;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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

    /** How far the server's own start is (Redfish: PostState). */
    public enum Post {
        POWER_OFF,
        /** The power is on and the firmware tests the machine; nothing boots yet. */
        IN_POST,
        FINISHED
    }

    /** The light by which people find the server in its rack. */
    public enum Light {
        OFF,
        LIT,
        BLINKING
    }

    /**
     * How the server is at the start.
     *
     * @param post how long its self-test takes, from power-on or reset to the boot
     * @param mode the boot mode, current and pending
     */
    record Start(
            PowerDelays delays,
            Duration post,
            FirmwareMode mode,
            String license,
            IloHardware hardware,
            IloAccounts accounts) {}

    private final Clock clock;
    private final ScheduledExecutorService timer;
    private final Start start;
    private final Faults<IloFault> faults;
    private final IloLog log;
    private final ServerPower server;
    private final Map<MediaDevice, Bay> bays = new EnumMap<>(MediaDevice.class);
    private List<BootTarget> persistent =
            List.of(BootTarget.CDROM, BootTarget.FLOPPY, BootTarget.HDD, BootTarget.USB, BootTarget.NETWORK);
    private BootTarget oneTime = BootTarget.NORMAL;
    private FirmwareMode currentMode;
    private FirmwareMode pendingMode;
    private Light light = Light.OFF;
    private boolean secureBoot;
    private boolean pendingSecureBoot;
    private String license;
    private Instant absentUntil = Instant.MIN;
    private PowerHook hook = PowerHook.NONE;

    IloState(Clock clock, ScheduledExecutorService timer, Start start, Faults<IloFault> faults) {
        this.clock = clock;
        this.timer = timer;
        this.start = start;
        this.server = new ServerPower(this, start.delays(), start.post());
        this.faults = faults;
        this.log = new IloLog(clock);
        this.currentMode = start.mode();
        this.pendingMode = start.mode();
        this.license = start.license();
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
        return server.now();
    }

    /** Switches the server on after the delay; nothing happens when it is on or on its way. */
    public synchronized void powerOn() {
        server.on();
    }

    /** Takes the power away after the delay, as holding the button does; a server on its way to ON stays off. */
    public synchronized void powerOff() {
        server.off();
    }

    /** Presses the button shortly: an off server goes on, a running one is only asked. */
    public synchronized void pressButton() {
        log(Kind.BUTTON_PRESSED, "");
        server.pressButton();
    }

    /** Resets a running server: it boots again. False, and nothing done, when it is off. */
    public synchronized boolean reset(String cause) {
        return server.reset(cause);
    }

    /** The server resets itself, as its operating system may at any time. */
    public synchronized void hostReset(String cause) {
        server.hostReset(cause);
    }

    /** The server switches itself off. */
    public synchronized void hostPowerOff() {
        server.hostPowerOff();
    }

    /** Takes the power away and gives it back. False, and nothing done, when the server is off. */
    public synchronized boolean coldBoot() {
        return server.coldBoot();
    }

    /** What the boot that begins now finds, under the lock. */
    BootAttempt nextBoot(String cause) {
        currentMode = pendingMode == FirmwareMode.UNKNOWN ? currentMode : pendingMode;
        secureBoot = pendingSecureBoot;
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

    /** How far the start of the server is. */
    public synchronized Post post() {
        return server.post();
    }

    /** Sets how long the self-test takes from the next start on; zero is none. */
    public synchronized void postDuration(Duration duration) {
        server.postDuration(duration);
    }

    /** How often the server booted so far. */
    public synchronized int boots() {
        return server.boots();
    }

    /** Sends a non-maskable interrupt to the running server. False, and nothing done, when it is off. */
    public synchronized boolean nmi() {
        boolean on = power() == Power.ON;
        if (on) {
            log(Kind.NMI, "");
        }
        return on;
    }

    // ---- the iLO itself

    /** What is in the server. */
    public IloHardware hardware() {
        return start.hardware();
    }

    IloAccounts accounts() {
        return start.accounts();
    }

    /** The licence installed now, such as {@code iLO 4 Advanced}. */
    public synchronized String license() {
        return license;
    }

    public synchronized void license(String type) {
        license = type;
        log(Kind.LICENSE, type);
    }

    /** Whether the licence covers virtual media by URL. */
    public synchronized boolean mediaLicensed() {
        return license.contains("Advanced") || license.contains("Scale-Out");
    }

    public synchronized Light light() {
        return light;
    }

    public synchronized void light(Light now) {
        light = now;
        log(Kind.LIGHT, now.name());
    }

    /** Whether the running server was started with secure boot. */
    public synchronized boolean secureBoot() {
        return secureBoot;
    }

    public synchronized boolean pendingSecureBoot() {
        return pendingSecureBoot;
    }

    /** Sets secure boot for the next boot and all after it. */
    public synchronized void pendingSecureBoot(boolean on) {
        pendingSecureBoot = on;
        log(Kind.SECURE_BOOT, on ? "on" : "off");
    }

    /** The iLO restarts: it takes no connection for a while. The server does not notice. */
    public synchronized void restartIlo(Duration absence) {
        absentUntil = clock.instant().plus(absence);
        log(Kind.ILO_RESET, absence.toMillis() + " ms");
    }

    synchronized boolean absent() {
        return clock.instant().isBefore(absentUntil);
    }

    synchronized PowerHook hook() {
        return hook;
    }

    /** Does it on the one thread of the timer. */
    void later(Duration delay, Runnable action) {
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

    /** The last 10,000 events, oldest first. */
    public List<IloEvent> events() {
        return log.all();
    }

    /** Tells the listener of each event from now on, before what it tells of goes on; it must return soon. */
    public void onEvent(Consumer<IloEvent> listener) {
        log.tell(listener);
    }

    void log(Kind kind, String detail) {
        log.add(kind, detail);
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

package io.ferric.driver.fake;

import io.ferric.driver.ManagementInterface.BootChoice;
import io.ferric.driver.ManagementInterface.IndicatorState;
import io.ferric.driver.MediaInterface.Device;
import io.ferric.driver.Task;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.PowerState;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The servers the fake driver pretends to manage: a test presses their buttons, makes steps fail or wait, and looks at
 * what was asked of them. Safe for use by many threads.
 */
public final class FakeHardware {
    private final Map<UUID, PowerState> power = new ConcurrentHashMap<>();
    private final Map<UUID, BootChoice> boot = new ConcurrentHashMap<>();
    private final Map<UUID, BootMode> bootModes = new ConcurrentHashMap<>();
    private final Map<UUID, Map<Device, URI>> media = new ConcurrentHashMap<>();
    private final Map<UUID, IndicatorState> lights = new ConcurrentHashMap<>();
    private final Map<UUID, List<String>> calls = new ConcurrentHashMap<>();
    private final Map<FakeStep, Consumer<Task>> everywhere = new ConcurrentHashMap<>();
    private final Map<UUID, Map<FakeStep, Consumer<Task>>> scripts = new ConcurrentHashMap<>();

    /** Runs this whenever the step begins on any node; what it throws is what the step throws. */
    public void on(FakeStep step, Consumer<Task> script) {
        everywhere.put(step, script);
    }

    /** Runs this, instead of what was said for all nodes, whenever the step begins on this node. */
    public void on(UUID node, FakeStep step, Consumer<Task> script) {
        scripts.computeIfAbsent(node, unused -> new ConcurrentHashMap<>()).put(step, script);
    }

    /** Forgets what was said about a step, for all nodes and for each. */
    public void behave(FakeStep step) {
        everywhere.remove(step);
        scripts.values().forEach(script -> script.remove(step));
    }

    /** The server's power; off until switched on. */
    public PowerState power(UUID node) {
        return power.getOrDefault(node, PowerState.OFF);
    }

    /** Changes the power as a hand at the server would. */
    public void power(UUID node, PowerState state) {
        power.put(node, state);
    }

    /** What the server boots from: its disk until told otherwise. */
    public BootChoice boot(UUID node) {
        return boot.getOrDefault(node, new BootChoice(Optional.of(BootDevice.DISK), Optional.of(true)));
    }

    /** What was asked of the server so far, in order: names of steps, power actions with their value. */
    public List<String> calls(UUID node) {
        List<String> made = calls.getOrDefault(node, List.of());
        synchronized (made) {
            return List.copyOf(made);
        }
    }

    /** What is in the server's virtual drives. */
    public Map<Device, URI> media(UUID node) {
        return media.computeIfAbsent(node, unused -> new ConcurrentHashMap<>());
    }

    IndicatorState light(UUID node) {
        return lights.getOrDefault(node, IndicatorState.OFF);
    }

    void light(UUID node, IndicatorState state) {
        lights.put(node, state);
    }

    void boot(UUID node, BootDevice device, boolean persistent) {
        boot.put(node, new BootChoice(Optional.of(device), Optional.of(persistent)));
    }

    BootMode bootMode(UUID node) {
        return bootModes.getOrDefault(node, BootMode.BIOS);
    }

    void bootMode(UUID node, BootMode mode) {
        bootModes.put(node, mode);
    }

    void note(UUID node, String call) {
        List<String> made = calls.computeIfAbsent(node, unused -> new ArrayList<>());
        synchronized (made) {
            made.add(call);
        }
    }

    void play(FakeStep step, Task task) {
        Map<FakeStep, Consumer<Task>> own = scripts.getOrDefault(task.node().uuid(), Map.of());
        own.getOrDefault(step, everywhere.getOrDefault(step, unused -> {})).accept(task);
    }
}

package io.ferric.conductor;

import io.ferric.conductor.HistoryEntry.Level;
import io.ferric.driver.BiosInterface;
import io.ferric.driver.FirmwareInterface;
import io.ferric.driver.ManagementInterface;
import io.ferric.driver.ManagementInterface.BootChoice;
import io.ferric.driver.ManagementInterface.IndicatorLight;
import io.ferric.driver.ManagementInterface.IndicatorState;
import io.ferric.driver.Unsupported;
import io.ferric.node.BootDevice;
import io.ferric.node.BootMode;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.NotFound;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks a server, and tells it, what it boots from and how, what it measures, its lights, its interrupt. */
final class Management {
    private static final String STEP = "management";

    private final Context context;
    private final NodeRegistry nodes;
    private final HeldNode held;

    Management(Context context, NodeRegistry nodes, HeldNode held) {
        this.context = context;
        this.nodes = nodes;
        this.held = held;
    }

    List<BootDevice> supportedBootDevices(String id) {
        NodeTask task = NodeTask.looking(context, nodes.node(id));
        return of(task).supportedBootDevices(task);
    }

    BootChoice bootDevice(String id) {
        return held.ask(id, task -> of(task).bootDevice(task));
    }

    void setBootDevice(String id, BootDevice device, boolean persistent) {
        held.ask(id, task -> {
            if (!of(task).supportedBootDevices(task).contains(device)) {
                throw new InvalidRequest(
                        FaultCode.INVALID_PARAMETER_VALUE,
                        "Boot device '" + device.wireName() + "' is not one this server has",
                        "GET .../management/boot_device/supported lists those it has.");
            }
            of(task).setBootDevice(task, device, persistent);
            return true;
        });
    }

    void setBootMode(String id, BootMode mode) {
        held.change(id, "the boot mode", task -> {
            Set<BootMode> known = of(task).supportedBootModes(task);
            if (!known.isEmpty() && !known.contains(mode)) {
                throw new InvalidRequest(
                        FaultCode.INVALID_PARAMETER_VALUE,
                        "'target' is " + mode + ", which this server cannot boot with",
                        "It can: "
                                + String.join(
                                        ", ",
                                        known.stream()
                                                .map(BootMode::wireName)
                                                .sorted()
                                                .toList()) + ".");
            }
            of(task).setBootMode(task, mode);
            BootLook.at(task);
            task.note(STEP, "The boot mode was set to " + mode + ", from the next boot on", Level.INFO);
        });
    }

    /** No driver can do this yet; who asks hears of a node that is not there all the same. */
    void setSecureBoot(String id) {
        nodes.node(id);
        throw Unsupported.because("changing secure boot");
    }

    Map<String, Map<String, Object>> sensors(String id) {
        return held.ask(id, task -> of(task).sensors(task));
    }

    void injectNmi(String id) {
        held.ask(id, task -> {
            of(task).injectNmi(task);
            task.note(STEP, "A non-maskable interrupt was sent", Level.WARNING);
            return true;
        });
    }

    List<IndicatorLight> indicators(String id) {
        NodeTask task = NodeTask.looking(context, nodes.node(id));
        return of(task).indicators(task);
    }

    IndicatorState indicator(String id, String component, String name) {
        return held.ask(id, task -> of(task).indicator(task, light(task, component, name)));
    }

    void setIndicator(String id, String component, String name, IndicatorState state) {
        held.ask(id, task -> {
            IndicatorLight light = light(task, component, name);
            if (!light.states().contains(state)) {
                throw new InvalidRequest(
                        FaultCode.INVALID_PARAMETER_VALUE,
                        "'state' is " + state + ", which the indicator " + name + "@" + component + " does not know",
                        light.states().isEmpty()
                                ? "It can only be read."
                                : "It knows "
                                        + String.join(
                                                ", ",
                                                light.states().stream()
                                                        .map(Enum::name)
                                                        .sorted()
                                                        .toList())
                                        + ".");
            }
            of(task).setIndicator(task, light, state);
            return true;
        });
    }

    List<BiosInterface.Setting> biosSettings(String id) {
        boolean none = NodeTask.looking(context, nodes.node(id)).driver().bios().isEmpty();
        return none
                ? List.of()
                : held.look(id, task -> task.driver().bios().orElseThrow().settings(task));
    }

    List<FirmwareInterface.Component> firmware(String id) {
        boolean none =
                NodeTask.looking(context, nodes.node(id)).driver().firmware().isEmpty();
        return none
                ? List.of()
                : held.look(id, task -> task.driver().firmware().orElseThrow().components(task));
    }

    private static IndicatorLight light(NodeTask task, String component, String name) {
        return of(task).indicators(task).stream()
                .filter(light ->
                        light.component().equals(component) && light.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFound(
                        FaultCode.INVALID_PARAMETER_VALUE,
                        "Node " + task.node().uuid() + " has no indicator " + name + "@" + component,
                        "GET .../management/indicators lists those it has."));
    }

    private static ManagementInterface of(NodeTask task) {
        return task.driver().management();
    }
}

package io.ferric.conductor;

import io.ferric.driver.Driver;
import io.ferric.driver.Finding;
import io.ferric.driver.Findings;
import io.ferric.driver.ManagementInterface.BootChoice;
import io.ferric.driver.Task;
import io.ferric.node.BootDevice;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Checks a node's settings, reads and changes its boot device. */
final class Inspection {
    private final Context context;
    private final NodeRegistry nodes;
    private final Reservations reservations;

    Inspection(Context context, NodeRegistry nodes, Reservations reservations) {
        this.context = context;
        this.nodes = nodes;
        this.reservations = reservations;
    }

    /** Asks no hardware, therefore without holding the node. */
    Map<String, Findings> validate(String id) {
        Node node = nodes.node(id);
        NodeTask task = NodeTask.looking(context, node);
        Driver driver = task.driver();
        Map<String, Findings> all = new LinkedHashMap<>();
        all.put("power", findings(task, driver.power()::validate));
        all.put("management", findings(task, driver.management()::validate));
        all.put("deploy", findings(task, driver.deploy()::validate));
        return all;
    }

    private static Findings findings(NodeTask task, BiConsumer<Task, Findings> validate) {
        Findings findings = new Findings();
        try {
            validate.accept(task, findings);
        } catch (RuntimeException e) {
            String code = e instanceof NodeFault fault ? fault.code() : FaultCode.INTERNAL_ERROR;
            findings.add(new Finding(code, "", Failures.inPlainWords(task.node().uuid(), e)));
        }
        return findings;
    }

    List<BootDevice> supportedBootDevices(String id) {
        NodeTask task = NodeTask.looking(context, nodes.node(id));
        return task.driver().management().supportedBootDevices(task);
    }

    BootChoice bootDevice(String id) {
        return holding(id, task -> task.driver().management().bootDevice(task));
    }

    void setBootDevice(String id, BootDevice device, boolean persistent) {
        holding(id, task -> {
            if (!task.driver().management().supportedBootDevices(task).contains(device)) {
                throw new InvalidRequest(
                        FaultCode.INVALID_PARAMETER_VALUE,
                        "Boot device '" + device.wireName() + "' is not one this server has",
                        "GET .../management/boot_device/supported lists those it has.");
            }
            task.driver().management().setBootDevice(task, device, persistent);
            return true;
        });
    }

    private <T> T holding(String id, Function<NodeTask, T> work) {
        Node seen = nodes.node(id);
        return reservations.holding(seen.uuid(), () -> {
            NodeTask task = NodeTask.working(context, nodes.node(seen.uuid()), 1);
            Findings findings = new Findings();
            task.driver().management().validate(task, findings);
            findings.throwIfAny();
            return work.apply(task);
        });
    }
}

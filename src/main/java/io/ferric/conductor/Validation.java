package io.ferric.conductor;

import io.ferric.driver.Driver;
import io.ferric.driver.Finding;
import io.ferric.driver.Findings;
import io.ferric.driver.InterfaceNames;
import io.ferric.driver.Task;
import io.ferric.node.FaultCode;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Checks a node's settings for each interface of its driver. */
final class Validation {
    /** Each with an answer of its own. Source: Ironic's validation. */
    private static final List<String> KINDS = InterfaceNames.KINDS.stream()
            .filter(kind -> !Set.of("firmware", "vendor").contains(kind))
            .toList();

    private final Context context;

    Validation(Context context) {
        this.context = context;
    }

    /** Asks no hardware, therefore without holding the node. */
    Map<String, Findings> validate(Node node) {
        NodeTask task = NodeTask.looking(context, node);
        Driver driver = task.driver();
        Map<String, BiConsumer<Task, Findings>> checks = checks(driver);
        Map<String, Findings> all = new LinkedHashMap<>();
        for (String kind : KINDS) {
            boolean lacking = driver.interfaces()
                    .first(kind)
                    .filter(name -> !name.equals("no-" + kind))
                    .isEmpty();
            all.put(kind, findings(task, checks.getOrDefault(kind, lacking ? lack(kind) : (any, fine) -> {})));
        }
        return all;
    }

    /** What boots the ramdisk is a part of what deploys. Of the others it is enough that a driver has them. */
    private static Map<String, BiConsumer<Task, Findings>> checks(Driver driver) {
        Map<String, BiConsumer<Task, Findings>> checks = new HashMap<>();
        checks.put("power", driver.power()::validate);
        checks.put("management", driver.management()::validate);
        checks.put("deploy", driver.deploy()::validate);
        checks.put("boot", driver.deploy()::validate);
        driver.inspect().ifPresent(inspect -> checks.put("inspect", inspect::validate));
        driver.rescue().ifPresent(rescue -> checks.put("rescue", rescue::validate));
        return checks;
    }

    private static BiConsumer<Task, Findings> lack(String kind) {
        return (task, findings) -> findings.add(new Finding(
                FaultCode.UNSUPPORTED_DRIVER_EXTENSION,
                "",
                "Driver " + task.node().spec().driver() + " does not support " + kind
                        + " (disabled or not implemented)."));
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
}

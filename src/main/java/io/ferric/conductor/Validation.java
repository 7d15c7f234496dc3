package io.ferric.conductor;

import io.ferric.driver.Driver;
import io.ferric.driver.Finding;
import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.node.FaultCode;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Checks a node's settings for each interface of its driver. */
final class Validation {
    private final Context context;

    Validation(Context context) {
        this.context = context;
    }

    /** Asks no hardware, therefore without holding the node. */
    Map<String, Findings> validate(Node node) {
        NodeTask task = NodeTask.looking(context, node);
        Driver driver = task.driver();
        Map<String, Findings> all = new LinkedHashMap<>();
        all.put("power", findings(task, driver.power()::validate));
        all.put("management", findings(task, driver.management()::validate));
        all.put("deploy", findings(task, driver.deploy()::validate));
        driver.inspect().ifPresent(inspect -> all.put("inspect", findings(task, inspect::validate)));
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
}

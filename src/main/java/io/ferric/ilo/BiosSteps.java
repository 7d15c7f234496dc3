package io.ferric.ilo;

import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.PostState;
import io.ferric.ilo.wire.Words;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.OperationFailed;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Changes BIOS settings and starts the server so that it takes them over; the power is left as it was found. Safe for
 * use by many threads.
 */
final class BiosSteps {
    /** The argument of {@code apply_configuration}: a list of names with values, as in Ironic. */
    static final String SETTINGS = "settings";

    private static final String STEP = "bios";
    private static final Set<String> KEYS = Set.of("name", "value");

    private final IloBios bios;
    private final NodeIlo ilos;
    private final StepWait wait;

    BiosSteps(IloBios bios, NodeIlo ilos, StepWait wait) {
        this.bios = bios;
        this.ilos = ilos;
        this.wait = wait;
    }

    void apply(Task task, Map<String, Object> arguments) {
        Map<String, String> wanted = settings(arguments);
        bios.apply(task, wanted);
        if (bios.missing(task, wanted).isEmpty()) {
            task.event(STEP, "The server has these BIOS settings already");
            return;
        }
        task.event(STEP, "Changed BIOS settings for the next boot: " + String.join(", ", wanted.keySet()));
        restart(task, () -> bios.missing(task, wanted).isEmpty(), () -> refuse(task, wanted));
        task.event(STEP, "The server has taken over its BIOS settings");
    }

    private void refuse(Task task, Map<String, String> wanted) {
        Map<String, String> missing = new TreeMap<>(bios.missing(task, wanted));
        throw new OperationFailed(
                FaultCode.ILO_OPERATION_ERROR,
                "After " + Words.shown(wait.patience()) + " the server still does not have these BIOS settings: "
                        + Words.shown(missing.toString()),
                "Look at the server's console: it may be in its self-test yet (raise ilo.step_timeout), or its BIOS does"
                        + " not take them together with its other settings.");
    }

    void factoryReset(Task task) {
        bios.factoryReset(task);
        task.event(STEP, "The next boot makes the BIOS settings those of the factory");
        IloClient ilo = ilos.client(task);
        restart(task, () -> hasStarted(ilo), () -> {
            throw new OperationFailed(
                    FaultCode.ILO_OPERATION_ERROR,
                    "The server was started for its BIOS settings and is in its self-test after "
                            + Words.shown(wait.patience()) + " still",
                    "Look at its console; if it only needs longer, raise ilo.step_timeout.");
        });
    }

    /** One of which nothing is told is given no time: it is left on, or switched on again, whenever it is needed. */
    private static boolean hasStarted(IloClient ilo) {
        Optional<PostState> post = ilo.postState();
        return post.isEmpty() || post.get() == PostState.FINISHED;
    }

    /** A server that was off boots whatever it boots, for as long as its self-test takes, and is switched off again. */
    private void restart(Task task, BooleanSupplier done, Runnable refuse) {
        boolean wasOn = ilos.client(task).power() == PowerState.ON;
        task.event(STEP, "Starting the server, which takes over its BIOS settings in its self-test");
        task.setPower(PowerAction.OFF);
        task.setPower(PowerAction.ON);
        boolean reached = wait.until(task, done);
        if (!wasOn) {
            task.setPower(PowerAction.OFF);
        }
        if (!reached) {
            refuse.run();
        }
    }

    /** @throws InvalidRequest naming everything that is wrong with the argument */
    static Map<String, String> settings(Map<String, Object> arguments) {
        Findings findings = new Findings();
        Map<String, String> settings = new LinkedHashMap<>();
        if (arguments.get(SETTINGS) instanceof List<?> list && !list.isEmpty()) {
            for (int index = 0; index < list.size(); index++) {
                read(SETTINGS + "[" + index + "]", list.get(index), settings, findings);
            }
        } else {
            findings.invalid(SETTINGS, "must be a list such as [{\"name\": \"BootMode\", \"value\": \"Uefi\"}].");
        }
        findings.throwIfAny();
        return settings;
    }

    private static void read(String field, Object item, Map<String, String> settings, Findings findings) {
        boolean complete = item instanceof Map<?, ?> map
                && map.keySet().equals(KEYS)
                && map.get("name") instanceof String name
                && !name.isBlank()
                && isScalar(map.get("value"));
        if (!complete) {
            findings.invalid(field, "must have a name, and a value that is a text, a whole number, true or false.");
            return;
        }
        Map<?, ?> setting = (Map<?, ?>) item;
        if (settings.put(String.valueOf(setting.get("name")), String.valueOf(setting.get("value"))) != null) {
            findings.invalid(field, "names " + Words.shown(String.valueOf(setting.get("name"))) + " a second time.");
        }
    }

    private static boolean isScalar(Object value) {
        return value instanceof String || value instanceof Boolean || value instanceof Integer || value instanceof Long;
    }
}

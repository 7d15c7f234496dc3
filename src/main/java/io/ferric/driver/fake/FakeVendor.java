package io.ferric.driver.fake;

import io.ferric.driver.DeployOutcome;
import io.ferric.driver.Findings;
import io.ferric.driver.Task;
import io.ferric.driver.VendorCall;
import io.ferric.driver.VendorInterface;
import io.ferric.driver.VendorMethod;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.OperationFailed;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One method of each kind; {@code pass_deploy_info} asks for the same as that of the {@code ilo} driver. */
final class FakeVendor implements VendorInterface {
    private static final String PASS_DEPLOY_INFO = "pass_deploy_info";
    private static final String PASS_BOOTLOADER_INSTALL_INFO = "pass_bootloader_install_info";
    private static final String ECHO = "echo";
    private static final String WORK = "work";

    private final FakeSteps steps;
    private final FakeDeploy deploy;

    FakeVendor(FakeSteps steps, FakeDeploy deploy) {
        this.steps = steps;
        this.deploy = deploy;
    }

    @Override
    public List<VendorMethod> methods() {
        return List.of(
                new VendorMethod(
                        PASS_DEPLOY_INFO,
                        "The deploy ramdisk tells that it is ready.",
                        Set.of("POST"),
                        VendorMethod.Mode.CONTINUES_DEPLOY),
                new VendorMethod(
                        PASS_BOOTLOADER_INSTALL_INFO,
                        "The deploy ramdisk tells that the boot loader is installed.",
                        Set.of("POST"),
                        VendorMethod.Mode.CONTINUES_DEPLOY),
                new VendorMethod(ECHO, "Answers what it got.", Set.of("GET", "POST"), VendorMethod.Mode.SYNC),
                new VendorMethod(WORK, "Works for a while.", Set.of("POST"), VendorMethod.Mode.ASYNC));
    }

    @Override
    public VendorCall accept(Task task, VendorCall call) {
        return switch (call.method()) {
            case PASS_DEPLOY_INFO -> acceptRamdisk(task, call, List.of("address", "iqn"));
            case PASS_BOOTLOADER_INSTALL_INFO -> acceptRamdisk(task, call, List.of("address", "status"));
            default -> call;
        };
    }

    private static VendorCall acceptRamdisk(Task task, VendorCall call, List<String> needed) {
        Map<String, Object> parameters = call.parameters();
        Optional<String> given = Optional.ofNullable(parameters.get("key")).map(String::valueOf);
        boolean right = given.isPresent()
                && task.node()
                        .instanceInfo()
                        .secret(FakeDeploy.DEPLOY_KEY)
                        .map(key -> key.matches(given.get()))
                        .orElse(false);
        if (!right) {
            throw new InvalidRequest(FaultCode.INVALID_PARAMETER_VALUE, "Deploy key does not match", "");
        }
        Findings findings = new Findings();
        needed.stream()
                .filter(name -> parameters.get(name) == null)
                .forEach(name -> findings.missing(name, "The ramdisk must pass it."));
        findings.throwIfAny();
        Map<String, Object> kept = new LinkedHashMap<>(parameters);
        kept.remove("key");
        return new VendorCall(call.method(), kept);
    }

    @Override
    public Map<String, Object> answer(Task task, VendorCall call) {
        steps.go(FakeStep.VENDOR, task, " " + call.method());
        return call.method().equals(ECHO) ? call.parameters() : Map.of();
    }

    @Override
    public DeployOutcome resume(Task task, VendorCall call) {
        Object error = call.parameters().get("error");
        if (error != null && !String.valueOf(error).isBlank()) {
            throw new OperationFailed(
                    FaultCode.INSTANCE_DEPLOY_FAILURE,
                    "Failure in deploy ramdisk: " + error,
                    "Look at the server's console.");
        }
        steps.go(FakeStep.RESUME, task);
        boolean bootLoader = task.node()
                .driverInfo()
                .text(FakeDeploy.BOOT_LOADER)
                .map(Boolean::parseBoolean)
                .orElse(false);
        if (bootLoader && call.method().equals(PASS_DEPLOY_INFO)) {
            return new DeployOutcome.AwaitingRamdisk();
        }
        return deploy.finish(task);
    }
}

package io.ferric.ilo;

import io.ferric.deploy.IscsiErase.Extent;
import io.ferric.deploy.RamdiskCall;
import io.ferric.driver.DeployOutcome;
import io.ferric.driver.Step;
import io.ferric.driver.Step.Argument;
import io.ferric.driver.Step.Use;
import io.ferric.driver.StepCall;
import io.ferric.driver.StepsInterface;
import io.ferric.driver.Task;
import io.ferric.driver.Unsupported;
import io.ferric.driver.VendorCall;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The steps of Ironic's {@code ilo} hardware type that are done here. Erasing takes the deploy ramdisk, all else is asked
 * of the iLO. Names and arguments are Ironic's. Safe for use by many threads.
 */
final class IloSteps implements StepsInterface {
    private static final Set<Use> ANY = EnumSet.allOf(Use.class);

    /** Not on a server that runs an instance, which a restart would end. */
    private static final Set<Use> BEFORE_AN_INSTANCE = EnumSet.of(Use.CLEAN, Use.DEPLOY);

    private final List<Step> steps;
    private final ErasingRamdisk erasing;
    private final IloReset reset;
    private final BiosSteps bios;

    IloSteps(CleanPriorities priorities, ErasingRamdisk erasing, IloReset reset, BiosSteps bios) {
        this.erasing = erasing;
        this.reset = reset;
        this.bios = bios;
        this.steps = List.of(
                erase(
                        "erase_devices_metadata",
                        "Wipes partition tables and the signatures of file systems, RAID and volumes from the disk that a"
                                + " deploy writes.",
                        priorities.eraseDevicesMetadata()),
                erase(
                        "erase_devices",
                        "Makes every byte zero of the disk that a deploy writes; may take hours.",
                        priorities.eraseDevices()),
                new Step(
                        "management",
                        "reset_ilo",
                        "Restarts the iLO and waits until it answers again; the server goes on running.",
                        priorities.resetIlo(),
                        ANY,
                        false,
                        false,
                        Map.of()),
                new Step(
                        "bios",
                        "factory_reset",
                        "Makes the BIOS settings those of the factory, the boot mode among them; restarts the server.",
                        priorities.biosFactoryReset(),
                        BEFORE_AN_INSTANCE,
                        false,
                        false,
                        Map.of()),
                new Step(
                        "bios",
                        "apply_configuration",
                        "Changes BIOS settings, restarts the server and looks whether it has them.",
                        0,
                        BEFORE_AN_INSTANCE,
                        false,
                        false,
                        Map.of(BiosSteps.SETTINGS, new Argument("A list of {\"name\": ..., \"value\": ...}.", true))));
    }

    private static Step erase(String name, String description, int priority) {
        return new Step("deploy", name, description, priority, EnumSet.of(Use.CLEAN), true, true, Map.of());
    }

    @Override
    public List<Step> steps(Task task) {
        return steps;
    }

    @Override
    public void check(Task task, StepCall call) {
        if (call.toString().equals("bios.apply_configuration")) {
            BiosSteps.settings(call.arguments());
        }
    }

    @Override
    public DeployOutcome run(Task task, StepCall call) {
        return switch (call.toString()) {
            case "deploy.erase_devices_metadata", "deploy.erase_devices" -> erasing.begin(task);
            case "management.reset_ilo" -> done(() -> reset.run(task));
            case "bios.factory_reset" -> done(() -> bios.factoryReset(task));
            case "bios.apply_configuration" -> done(() -> bios.apply(task, call.arguments()));
            default -> throw Unsupported.because("the step " + call);
        };
    }

    @Override
    public DeployOutcome resume(Task task, StepCall step, VendorCall call) {
        return switch (step.toString()) {
            case "deploy.erase_devices_metadata" -> erasing.resume(task, RamdiskCall.of(call), Extent.METADATA);
            case "deploy.erase_devices" -> erasing.resume(task, RamdiskCall.of(call), Extent.EVERYTHING);
            default -> throw Unsupported.because("going on with the step " + step);
        };
    }

    @Override
    public void cleanUp(Task task) {
        erasing.cleanUp(task);
    }

    private static DeployOutcome done(Runnable work) {
        work.run();
        return new DeployOutcome.Finished();
    }
}

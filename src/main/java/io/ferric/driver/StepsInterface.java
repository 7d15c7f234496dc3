package io.ferric.driver;

import java.util.List;

/** The steps a driver can do on a server. Every method can be run again from its start, as a deploy's can. */
public interface StepsInterface {
    /** What can be done with this node; asks no hardware. */
    List<Step> steps(Task task);

    /**
     * Refuses arguments that make no sense, as far as that can be known without asking hardware; their names were checked
     * before. For whoever asks for a step, so that a bad request is not found out by work that fails.
     *
     * @throws io.ferric.node.InvalidRequest naming what is wrong
     */
    default void check(Task task, StepCall call) {}

    /** Does a step, or leaves the server booting the ramdisk that does it. Its arguments were checked by name. */
    DeployOutcome run(Task task, StepCall call);

    /** Goes on with a step whose ramdisk has called; {@code call} was accepted by the driver's {@link VendorInterface}. */
    default DeployOutcome resume(Task task, StepCall step, VendorCall call) {
        throw Unsupported.because("going on with step " + step);
    }

    /** Takes away what steps left at the server, media and such, once all are done, or one has failed or was aborted. */
    default void cleanUp(Task task) {}
}

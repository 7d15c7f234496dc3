package io.ferric.driver.fake;

import io.ferric.driver.Task;
import io.ferric.node.DriverInfo;
import io.ferric.node.FaultCode;
import io.ferric.node.OperationFailed;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** Goes through a step as driver_info and the script of the hardware want it: late, failing, or just so. */
final class FakeSteps {
    static final String FAIL = "fake_fail";

    private final FakeHardware hardware;
    private final FakePause pause;

    FakeSteps(FakeHardware hardware, FakePause pause) {
        this.hardware = hardware;
        this.pause = pause;
    }

    FakeHardware hardware() {
        return hardware;
    }

    /** Notes the call, lets the delay pass, and fails if it is meant to. */
    void go(FakeStep step, Task task, String detail) {
        hardware.note(task.node().uuid(), step.wireName() + detail);
        delay(step, task);
        hardware.play(step, task);
        if (mustFail(step, task)) {
            throw new OperationFailed(
                    FaultCode.INTERNAL_ERROR,
                    "The fake driver was told to fail in " + step.wireName(),
                    "Take " + step.wireName() + " out of driver_info/" + FAIL + ".");
        }
    }

    void go(FakeStep step, Task task) {
        go(step, task, "");
    }

    boolean mustFail(FakeStep step, Task task) {
        return task.node()
                .driverInfo()
                .text(FAIL)
                .map(steps -> Arrays.asList(steps.split("\\s*,\\s*")).contains(step.wireName()))
                .orElse(false);
    }

    static String delayKey(FakeStep step) {
        return "fake_" + step.wireName() + "_delay";
    }

    /** The delay asked for; empty when what was asked for is not a number of seconds. */
    static Optional<Duration> delayOf(FakeStep step, DriverInfo info) {
        try {
            double seconds = Double.parseDouble(info.text(delayKey(step)).orElse("0"));
            boolean sensible = seconds >= 0 && seconds < 1e6;
            return sensible ? Optional.of(Duration.ofMillis((long) (seconds * 1000))) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private void delay(FakeStep step, Task task) {
        Duration delay = delayOf(step, task.node().driverInfo()).orElse(Duration.ZERO);
        if (delay.isZero()) {
            return;
        }
        try {
            pause.pause(delay);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            task.checkCancelled();
            throw new OperationFailed(FaultCode.INTERNAL_ERROR, "Interrupted in " + step.wireName(), "", e);
        }
    }
}

package io.ferric.driver.fake;

import io.ferric.driver.DeployInterface;
import io.ferric.driver.Driver;
import io.ferric.driver.DriverProperty;
import io.ferric.driver.InspectInterface;
import io.ferric.driver.InterfaceNames;
import io.ferric.driver.ManagementInterface;
import io.ferric.driver.MediaInterface;
import io.ferric.driver.PowerInterface;
import io.ferric.driver.RescueInterface;
import io.ferric.driver.StepsInterface;
import io.ferric.driver.VendorInterface;
import java.util.List;
import java.util.Optional;

/**
 * The driver {@code fake-hardware}: does nothing, takes as long over it as {@code driver_info} says, and fails where it
 * says. A test may also script it through {@link FakeHardware}.
 */
public final class FakeDriver implements Driver {
    /** Asked for by every field of every node shown, so made once. */
    private static final InterfaceNames NAMES = names();

    /** The name of this driver. */
    public static final String NAME = "fake-hardware";

    private final FakePower power;
    private final FakeManagement management;
    private final FakeDeploy deploy;
    private final FakeInspect inspect;
    private final FakeMedia media;
    private final FakeVendor vendor;
    private final FakeStepsInterface stepsInterface;
    private final FakeRescue rescue;

    /** @param pause how delays asked for in {@code driver_info} are spent */
    public FakeDriver(FakeHardware hardware, FakePause pause) {
        FakeSteps steps = new FakeSteps(hardware, pause);
        power = new FakePower(steps);
        management = new FakeManagement(steps);
        deploy = new FakeDeploy(steps);
        inspect = new FakeInspect(steps);
        media = new FakeMedia(steps);
        vendor = new FakeVendor(steps, deploy);
        stepsInterface = new FakeStepsInterface(steps);
        rescue = new FakeRescue(steps);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> aliases() {
        return List.of("fake");
    }

    /** Source: Ironic's {@code fake-hardware} type; what it calls fake does here what it can, which may be nothing. */
    @Override
    public InterfaceNames interfaces() {
        return NAMES;
    }

    @Override
    public List<DriverProperty> properties() {
        return List.of(
                DriverProperty.optional(
                        FakeSteps.FAIL, "Steps that fail, separated by commas, such as \"deploy,clean_up\"."),
                DriverProperty.optional(
                        "fake_<step>_delay",
                        "Seconds a step takes, such as 2.5 for fake_tear_down_delay. Zero if absent."),
                DriverProperty.optional(
                        FakeDeploy.CALLBACK,
                        "true for a deploy that waits for the ramdisk's call of pass_deploy_info. Default false."),
                DriverProperty.optional(
                        FakeDeploy.BOOT_LOADER,
                        "true for a deploy that, with fake_callback, waits again: for pass_bootloader_install_info."
                                + " Default false."),
                DriverProperty.optional(
                        FakePower.IGNORES_SOFT,
                        "true for an operating system that does not heed soft power off. Default false."),
                DriverProperty.optional(
                        FakeStepsInterface.AUTOMATIC,
                        "Steps of automatic cleaning in their order, separated by commas: check_fans, erase_devices."
                                + " Default none."),
                DriverProperty.optional(FakePower.WARNING, "A warning of validate, which stops nothing."),
                DriverProperty.optional(
                        FakeInspect.MACS, "MAC addresses that an inspection finds, separated by commas."),
                DriverProperty.optional("fake_password", "A secret, to see that it stays one."));
    }

    @Override
    public PowerInterface power() {
        return power;
    }

    @Override
    public ManagementInterface management() {
        return management;
    }

    @Override
    public DeployInterface deploy() {
        return deploy;
    }

    @Override
    public Optional<InspectInterface> inspect() {
        return Optional.of(inspect);
    }

    @Override
    public Optional<MediaInterface> media() {
        return Optional.of(media);
    }

    @Override
    public Optional<VendorInterface> vendor() {
        return Optional.of(vendor);
    }

    @Override
    public Optional<StepsInterface> steps() {
        return Optional.of(stepsInterface);
    }

    @Override
    public Optional<RescueInterface> rescue() {
        return Optional.of(rescue);
    }

    private static InterfaceNames names() {
        InterfaceNames names = InterfaceNames.none();
        for (String kind : List.of("boot", "deploy", "management", "power")) {
            names = names.with(kind, "fake");
        }
        for (String kind : List.of("bios", "console", "inspect", "raid", "rescue", "vendor")) {
            names = names.with(kind, "fake", "no-" + kind);
        }
        return names.with("storage", "noop", "fake").with("network", "noop", "flat", "neutron");
    }
}

package io.ferric.ilo;

import io.ferric.driver.BiosInterface;
import io.ferric.driver.DeployInterface;
import io.ferric.driver.Driver;
import io.ferric.driver.DriverProperty;
import io.ferric.driver.FirmwareInterface;
import io.ferric.driver.Housekeeping;
import io.ferric.driver.InspectInterface;
import io.ferric.driver.InterfaceNames;
import io.ferric.driver.ManagementInterface;
import io.ferric.driver.MediaInterface;
import io.ferric.driver.PowerInterface;
import io.ferric.driver.StepsInterface;
import io.ferric.driver.VendorInterface;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deploys ProLiant servers through their iLO: hardware type {@code ilo}, also called {@code iscsi_ilo} as in Ironic's
 * Juno release, and {@code ilo5}, which for Ironic is a type of its own. Made by {@link IloDriverProvider}. Safe for use by many threads.
 */
public final class IloDriver implements Driver {
    static final String NAME = "ilo";

    private final IloPower power;
    private final IloManagement management;
    private final IloInspect inspect;
    private final IloMedia media;
    private final IloVirtualMediaIscsiDeploy deploy;
    private final VendorPassthru vendor;
    private final IloBios bios;
    private final IloFirmware firmware;
    private final IloSteps steps;
    private final Housekeeping housekeeping;

    IloDriver(Server server, Work work, Housekeeping housekeeping) {
        this.power = server.power();
        this.management = server.management();
        this.inspect = server.inspect();
        this.media = server.media();
        this.bios = server.bios();
        this.firmware = server.firmware();
        this.deploy = work.deploy();
        this.vendor = work.vendor();
        this.steps = work.steps();
        this.housekeeping = housekeeping;
    }

    /** What can be done with a server at once. */
    record Server(
            IloPower power,
            IloManagement management,
            IloInspect inspect,
            IloMedia media,
            IloBios bios,
            IloFirmware firmware) {}

    /** What takes a while, and in part the deploy ramdisk. */
    record Work(IloVirtualMediaIscsiDeploy deploy, VendorPassthru vendor, IloSteps steps) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> aliases() {
        return List.of("iscsi_ilo", "ilo5");
    }

    @Override
    public InterfaceNames interfaces() {
        return IloInterfaces.NAMES;
    }

    @Override
    public List<DriverProperty> properties() {
        return Stream.concat(IloDriverInfo.ACCESS_PROPERTIES.stream(), IloDriverInfo.DEPLOY_PROPERTIES.stream())
                .toList();
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
    public Optional<StepsInterface> steps() {
        return Optional.of(steps);
    }

    @Override
    public Optional<BiosInterface> bios() {
        return Optional.of(bios);
    }

    @Override
    public Optional<FirmwareInterface> firmware() {
        return Optional.of(firmware);
    }

    @Override
    public Optional<VendorInterface> vendor() {
        return Optional.of(vendor);
    }

    @Override
    public Optional<Housekeeping> housekeeping() {
        return Optional.of(housekeeping);
    }
}

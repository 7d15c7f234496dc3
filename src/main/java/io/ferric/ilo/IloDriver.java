package io.ferric.ilo;

import io.ferric.driver.DeployInterface;
import io.ferric.driver.Driver;
import io.ferric.driver.DriverProperty;
import io.ferric.driver.Housekeeping;
import io.ferric.driver.ManagementInterface;
import io.ferric.driver.PowerInterface;
import io.ferric.driver.VendorInterface;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deploys ProLiant servers through their iLO: hardware type {@code ilo}, also called {@code iscsi_ilo} as in Ironic's
 * Juno release. Made by {@link IloDriverProvider}. Safe for use by many threads.
 */
public final class IloDriver implements Driver {
    static final String NAME = "ilo";

    private final IloPower power;
    private final IloManagement management;
    private final IloVirtualMediaIscsiDeploy deploy;
    private final VendorPassthru vendor;
    private final StoreSweep sweep;

    IloDriver(
            IloPower power,
            IloManagement management,
            IloVirtualMediaIscsiDeploy deploy,
            VendorPassthru vendor,
            StoreSweep sweep) {
        this.power = power;
        this.management = management;
        this.deploy = deploy;
        this.vendor = vendor;
        this.sweep = sweep;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> aliases() {
        return List.of("iscsi_ilo");
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
    public Optional<VendorInterface> vendor() {
        return Optional.of(vendor);
    }

    @Override
    public Optional<Housekeeping> housekeeping() {
        return Optional.of(sweep);
    }
}

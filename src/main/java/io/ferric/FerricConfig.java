package io.ferric;

import io.ferric.conductor.ConductorConfig;
import io.ferric.deploy.DeployConfig;
import io.ferric.ilo.IloConfig;
import io.ferric.rest.RestConfig;
import io.ferric.store.StoreConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Everything that can be set, one record a subsystem. Immutable.
 *
 * @param stateDirectory where everything is kept that has no path of its own: changing it moves the defaults of the others
 * @param apiUrl the REST API as the deploy ramdisk must call it; empty for the address REST listens on, and with port 0 on
 *     the port REST listens on
 * @param enabledDrivers names of drivers to load; empty for all that are found: `ilo`, `fake-hardware` (which only
 *     pretends, and does so only for nodes enrolled with it) and those in jars of others
 */
public record FerricConfig(
        Path stateDirectory,
        Optional<URI> apiUrl,
        List<String> enabledDrivers,
        StoreConfig store,
        ConductorConfig conductor,
        RestConfig rest,
        PublisherConfig publisher,
        OpenStackConfig openstack,
        DeployConfig deploy,
        IloConfig ilo) {

    /** The defaults, kept in the folder {@code state} below the working directory. */
    public static FerricConfig defaults() {
        return below(Path.of("state"));
    }

    /** The defaults, kept in this folder. */
    public static FerricConfig below(Path state) {
        ConductorConfig conductor = ConductorConfig.defaults();
        return new FerricConfig(
                state,
                Optional.empty(),
                List.of(),
                StoreConfig.inFile(state.resolve("ferric")),
                conductor,
                RestConfig.defaults(),
                PublisherConfig.below(state),
                OpenStackConfig.none(),
                DeployConfig.defaults().withFolder(state).withFileUrlAllowedPaths(List.of(state.resolve("files"))),
                IloConfig.defaults().withWorkDirectory(state.resolve("ilo")));
    }

    /**
     * For labs and tests: everything on loopback and on free ports, ramdisks on loopback believed, the power looked at
     * often.
     *
     * @param files the folders that {@code file://} may lead into
     */
    public static FerricConfig onLoopback(Path state, List<Path> files) {
        FerricConfig usual = below(state);
        return usual.withRest(usual.rest.listeningOn("127.0.0.1", 0))
                .withPublisher(usual.publisher.withLocalAddress("127.0.0.1", 0))
                .withDeploy(usual.deploy
                        .withFileUrlAllowedPaths(files)
                        .withRamdisk(usual.deploy.ramdisk().withCallbackNetworks(List.of("127.0.0.0/8"))))
                .withIlo(usual.ilo.withPower(60, Duration.ofMillis(100)))
                .withConductor(usual.conductor.withAutomatedClean(false));
    }

    /**
     * The same for servers that are virtual machines of this host behind QEMU's user network: they reach us at 10.0.2.2,
     * show what they do on their serial port, and must call back within ten minutes.
     */
    public FerricConfig forVirtualMachines() {
        return withApiUrl(URI.create("http://10.0.2.2:0"))
                .withIlo(ilo.withKernelAppendParams(ilo.kernelAppendParams() + " console=ttyS0"))
                .withConductor(conductor.withDeployCallbackTimeout(Duration.ofMinutes(10)));
    }

    /** The same with this boot loader for BIOS in the ISOs made here. */
    public FerricConfig withIsolinux(Path file) {
        return withIlo(ilo.withIsolinuxBin(file));
    }

    /** The same with this boot loader for UEFI in the ISOs made here. */
    public FerricConfig withGrubEfi(Path file) {
        return withIlo(ilo.withGrubEfi(file));
    }

    /**
     * Reads a YAML file over the defaults.
     *
     * @throws ConfigException naming the key when it is unknown or its value cannot be used
     */
    public static FerricConfig read(Path file) throws IOException {
        ConfigBinder binder = new ConfigBinder();
        Path state = binder.bind(file, defaults()).stateDirectory();
        return binder.bind(file, below(state));
    }

    public FerricConfig withApiUrl(URI url) {
        return new FerricConfig(
                stateDirectory,
                Optional.of(url),
                enabledDrivers,
                store,
                conductor,
                rest,
                publisher,
                openstack,
                deploy,
                ilo);
    }

    public FerricConfig withRest(RestConfig other) {
        return new FerricConfig(
                stateDirectory, apiUrl, enabledDrivers, store, conductor, other, publisher, openstack, deploy, ilo);
    }

    public FerricConfig withConductor(ConductorConfig other) {
        return new FerricConfig(
                stateDirectory, apiUrl, enabledDrivers, store, other, rest, publisher, openstack, deploy, ilo);
    }

    public FerricConfig withPublisher(PublisherConfig other) {
        return new FerricConfig(
                stateDirectory, apiUrl, enabledDrivers, store, conductor, rest, other, openstack, deploy, ilo);
    }

    public FerricConfig withDeploy(DeployConfig other) {
        return new FerricConfig(
                stateDirectory, apiUrl, enabledDrivers, store, conductor, rest, publisher, openstack, other, ilo);
    }

    public FerricConfig withIlo(IloConfig other) {
        return new FerricConfig(
                stateDirectory, apiUrl, enabledDrivers, store, conductor, rest, publisher, openstack, deploy, other);
    }

    public FerricConfig withEnabledDrivers(List<String> names) {
        return new FerricConfig(
                stateDirectory, apiUrl, names, store, conductor, rest, publisher, openstack, deploy, ilo);
    }
}

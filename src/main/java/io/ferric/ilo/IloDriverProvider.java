package io.ferric.ilo;

import io.ferric.deploy.AllowedPaths;
import io.ferric.deploy.IscsiDeploy;
import io.ferric.deploy.RamdiskNotifier;
import io.ferric.driver.Driver;
import io.ferric.driver.DriverProvider;
import io.ferric.driver.DriverServices;
import io.ferric.driver.SharedObjects;
import io.ferric.ilo.client.IloConnector;
import io.ferric.ilo.connect.IloConnections;
import io.ferric.ilo.wire.IloTrace;
import io.ferric.publish.GlanceImages;
import io.ferric.publish.Publisher;
import java.time.Clock;

/**
 * Puts the iLO driver together. Needs {@link IscsiDeploy}, {@link Publisher} and {@link SharedObjects}; takes {@link
 * IloConfig}, {@link TokenSource}, {@link GlanceImages}, {@link AllowedPaths}, {@link RamdiskNotifier}, {@link
 * IloTrace}, {@link IloConnector}, {@link Pause} and {@link Clock} where the house offers them. A work directory belongs
 * to one driver: what a killed process left there is removed.
 */
public final class IloDriverProvider implements DriverProvider {
    @Override
    public String name() {
        return IloDriver.NAME;
    }

    @Override
    public Driver create(DriverServices services) {
        IloConfig config = services.find(IloConfig.class).orElseGet(IloConfig::defaults);
        Scratch.sweep(config.workDirectory());
        Pause pause = services.find(Pause.class).orElse(Pause.SLEEP);
        IloParts parts = parts(services, config, pause);
        Clock clock = services.find(Clock.class).orElseGet(Clock::systemUTC);
        return new IloDriver(
                new IloPower(
                        parts.ilos(),
                        parts.media(),
                        new PowerWatch(config, pause, clock),
                        new Insistence(config, pause)),
                parts.management(),
                new IloVirtualMediaIscsiDeploy(parts, clock),
                new VendorPassthru(parts, notifier(services, parts.iscsi())),
                new StoreSweep(services.require(Publisher.class), parts.mark(), clock));
    }

    static IloParts parts(DriverServices services, IloConfig config, Pause pause) {
        IscsiDeploy iscsi = services.require(IscsiDeploy.class);
        SharedObjects shared = services.require(SharedObjects.class);
        OwnMark mark = new OwnMark(services.require(Publisher.class), shared);
        Publisher publisher = new MarkingPublisher(services.require(Publisher.class), mark);
        NodeIlo ilos = new NodeIlo(config, connector(services));
        IsoUrls isos = isos(services, publisher, config, iscsi);
        VirtualFloppy floppy = new VirtualFloppy(
                config, publisher, services.find(TokenSource.class).orElse(TokenSource.NONE));
        VirtualMediaBoot media = new VirtualMediaBoot(ilos, config, floppy, isos, new VirtualDrives(config, pause));
        BootIsoLibrary bootIsos = new BootIsoLibrary(
                config, new BootIsoIngredients(config, iscsi, shared.installation()), iscsi.sources(), publisher, mark);
        return new IloParts(
                ilos,
                iscsi,
                media,
                isos,
                bootIsos,
                new IloManagement(ilos, new Insistence(config, pause)),
                new Silence(publisher, isos),
                mark);
    }

    private static IsoUrls isos(DriverServices services, Publisher publisher, IloConfig config, IscsiDeploy iscsi) {
        AllowedPaths files = services.find(AllowedPaths.class)
                .orElseGet(() -> new AllowedPaths(iscsi.config().fileUrlAllowedPaths()));
        return new IsoUrls(config, publisher, files, iscsi.sources(), services.find(GlanceImages.class));
    }

    private static RamdiskNotifier notifier(DriverServices services, IscsiDeploy iscsi) {
        return services.find(RamdiskNotifier.class)
                .orElseGet(() -> new RamdiskNotifier(iscsi.config().ramdisk()));
    }

    private static IloConnector connector(DriverServices services) {
        return services.find(IloConnector.class)
                .orElseGet(() ->
                        IloConnections.create(services.find(IloTrace.class).orElse(IloTrace.NONE)));
    }
}

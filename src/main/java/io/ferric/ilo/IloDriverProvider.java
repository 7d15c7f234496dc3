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
import io.ferric.ilo.wire.Pause;
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
        Clock clock = clock(services);
        IloParts parts = parts(services, config, pause);
        Insistence insistence = new Insistence(config, pause);
        NodeIlo ilos = parts.talk().ilos();
        IloPower power = new IloPower(parts.talk(), parts.media(), new PowerWatch(config, pause, clock), insistence);
        IloBios bios = new IloBios(ilos, insistence);
        RamdiskBoot ramdisk = new RamdiskBoot(parts, clock);
        RamdiskNotifier notifier = notifier(services, parts.iscsi());
        ErasingRamdisk erasing = new ErasingRamdisk(parts, ramdisk, notifier);
        return new IloDriver(
                new IloDriver.Server(
                        power,
                        parts.management(),
                        new IloInspect(parts.talk(), insistence),
                        new IloMedia(parts.talk()),
                        bios,
                        new IloFirmware(ilos, insistence)),
                new IloDriver.Work(
                        new IloVirtualMediaIscsiDeploy(parts, ramdisk),
                        new VendorPassthru(parts, notifier, erasing),
                        steps(ilos, config, erasing, bios, new StepWait(config, pause, clock))),
                new IloHousekeeping(
                        new StoreSweep(services.require(Publisher.class), parts.mark(), clock), parts.iscsi()));
    }

    private static IloSteps steps(NodeIlo ilos, IloConfig config, ErasingRamdisk erasing, IloBios bios, StepWait wait) {
        return new IloSteps(
                config.cleanPriorities(), erasing, new IloReset(ilos, config, wait), new BiosSteps(bios, ilos, wait));
    }

    static IloParts parts(DriverServices services, IloConfig config, Pause pause) {
        IscsiDeploy iscsi = services.require(IscsiDeploy.class);
        SharedObjects shared = services.require(SharedObjects.class);
        OwnMark mark = new OwnMark(services.require(Publisher.class), shared);
        Publisher publisher = new MarkingPublisher(services.require(Publisher.class), mark);
        IloParts.Talk talk = talk(services, config, pause);
        IsoUrls isos = isos(services, publisher, config, iscsi);
        VirtualFloppy floppy = new VirtualFloppy(
                config, publisher, services.find(TokenSource.class).orElse(TokenSource.NONE));
        VirtualMediaBoot media = new VirtualMediaBoot(talk, config, floppy, isos);
        BootIsoLibrary bootIsos = new BootIsoLibrary(
                config, new BootIsoIngredients(config, iscsi, shared.installation()), iscsi.sources(), publisher, mark);
        return new IloParts(
                talk,
                iscsi,
                media,
                isos,
                bootIsos,
                new IloManagement(talk.ilos(), talk.sightings(), new Insistence(config, pause)),
                new Silence(publisher, isos),
                mark);
    }

    private static IloParts.Talk talk(DriverServices services, IloConfig config, Pause pause) {
        Clock clock = clock(services);
        NodeIlo ilos = new NodeIlo(config, new LoginGuard(connector(services), clock));
        return new IloParts.Talk(ilos, new Sightings(ilos, clock), new VirtualDrives(config, pause));
    }

    private static Clock clock(DriverServices services) {
        return services.find(Clock.class).orElseGet(Clock::systemUTC);
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

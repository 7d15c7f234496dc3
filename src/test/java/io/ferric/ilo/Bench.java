package io.ferric.ilo;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.mock;

import io.ferric.deploy.AllowedPaths;
import io.ferric.deploy.DeployedDisk;
import io.ferric.deploy.FileImageSource;
import io.ferric.deploy.HttpImageConfig;
import io.ferric.deploy.HttpImageSource;
import io.ferric.deploy.ImageMetadata;
import io.ferric.deploy.ImageSource;
import io.ferric.deploy.ImageSources;
import io.ferric.deploy.InstanceBoot;
import io.ferric.deploy.IscsiDeploy;
import io.ferric.deploy.IscsiErase;
import io.ferric.deploy.RamdiskNotifier;
import io.ferric.deploy.RamdiskOptions;
import io.ferric.driver.Driver;
import io.ferric.driver.DriverServices;
import io.ferric.driver.SharedObjects;
import io.ferric.ilo.client.BootTarget;
import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.client.IloConnector;
import io.ferric.ilo.client.License;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.ilo.wire.IloProtocol;
import io.ferric.ilo.wire.Pause;
import io.ferric.image.Checksum;
import io.ferric.lab.NoEfiLoader;
import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.node.BootMode;
import io.ferric.node.Secret;
import io.ferric.publish.GlanceImages;
import io.ferric.publish.Publisher;
import io.ferric.publish.SignedUrl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The driver on a test bench: mocked iLO, publisher and iSCSI deploy, everything of this room real. */
final class Bench {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final DeployedDisk DISK =
            new DeployedDisk(Optional.of("0a1b2c3d-0000-4000-8000-123456789abc"), List.of(), "ab".repeat(32), 4711);

    final IloClient ilo = mock(IloClient.class);
    final Publisher publisher = mock(Publisher.class);
    final IscsiDeploy iscsi = mock(IscsiDeploy.class);
    final IscsiErase erase = mock(IscsiErase.class);
    final RamdiskNotifier notifier = mock(RamdiskNotifier.class);
    final GlanceImages glance = mock(GlanceImages.class);
    final Shared shared = new Shared();
    final Map<String, String> imageProperties = new HashMap<>();
    final Map<String, String> metadataOfAll = new HashMap<>();
    Optional<Checksum> checksumOfAll = Optional.empty();
    final Map<String, byte[]> published = new LinkedHashMap<>();
    final List<Duration> ttls = new ArrayList<>();
    final List<Duration> pauses = new ArrayList<>();
    final Map<MediaDrive, MediaStatus> drives = new EnumMap<>(MediaDrive.class);
    Optional<Secret> token = Optional.of(Secret.of("t0ken"));
    boolean withGlance = true;
    String scheme = "http";
    IloConfig config;
    final Path work;
    private int signed;

    Bench(Path folder) throws Exception {
        work = Files.createDirectories(folder.resolve("work"));
        Path isolinux = Files.write(folder.resolve("isolinux.bin"), new byte[2048]);
        config = IloConfig.defaults()
                .withWorkDirectory(work)
                .withIsolinuxBin(isolinux)
                .withGrubEfi(Files.write(folder.resolve("gcdx64.efi"), NoEfiLoader.image()))
                .withPower(2, Duration.ofSeconds(2));
        lenient()
                .when(iscsi.sources())
                .thenReturn(new ImageSources(List.of(
                        new TestSource(),
                        new FileImageSource(new AllowedPaths(List.of(folder))),
                        new HttpImageSource(HttpImageConfig.defaults()))));
        lenient().when(iscsi.erase()).thenReturn(erase);
        lenient().when(erase.orders(any())).thenReturn(new RamdiskOptions(Map.of("deployment_id", "4711")));
        lenient().when(iscsi.instanceBoot(any())).thenReturn(InstanceBoot.NETBOOT);
        lenient().when(ilo.protocol()).thenReturn(IloProtocol.RIBCL);
        lenient().when(ilo.ask(any())).thenCallRealMethod();
        lenient().when(ilo.oneTimeBoot()).thenReturn(BootTarget.NORMAL);
        lenient().when(ilo.licenses()).thenReturn(List.of(new License("iLO 4 Advanced")));
        lenient().when(ilo.firmware()).thenReturn(new Firmware("2.78", "iLO4"));
        lenient().when(ilo.pendingBootMode()).thenReturn(Optional.of(BootMode.BIOS));
        playDrives();
        playPublisher();
    }

    IloDriver driver() {
        return (IloDriver) new IloDriverProvider().create(services());
    }

    IloDriver driver(UnaryOperator<DriverServices> change) {
        return (IloDriver) new IloDriverProvider().create(change.apply(services()));
    }

    /** The driver with a client that really talks, and the task's node set to this iLO; deploys find a disk. */
    Driver onto(SimulatedIlo simulated, IloConnector connector, Clock clock, FakeTask task) {
        lenient().when(iscsi.getDeployInfo(any())).thenReturn(new RamdiskOptions(Map.of("deployment_id", "4711")));
        lenient().when(iscsi.continueDeploy(any(), any())).thenReturn(DISK);
        Driver driver = driver(services -> services.with(IloConnector.class, connector)
                .with(Clock.class, clock)
                .with(Pause.class, Pause.SLEEP));
        task.onPower = action -> driver.power().apply(task, action, Optional.empty());
        task.with(spec -> spec.withDriverInfo(Map.of(
                "ilo_address",
                "127.0.0.1",
                "client_port",
                simulated.address().getPort(),
                "client_timeout",
                20,
                "ilo_username",
                SimulatedIlo.DEFAULT_USER,
                "ilo_password",
                SimulatedIlo.DEFAULT_PASSWORD,
                "ilo_fingerprint",
                simulated.fingerprint(),
                "ilo_deploy_iso",
                scheme + "://127.0.0.1:8080/deploy.iso")));
        return driver;
    }

    DriverServices services() {
        DriverServices all = DriverServices.none()
                .with(IloConfig.class, config)
                .with(IscsiDeploy.class, iscsi)
                .with(Publisher.class, publisher)
                .with(SharedObjects.class, shared)
                .with(AllowedPaths.class, new AllowedPaths(List.of(work.getParent())))
                .with(RamdiskNotifier.class, notifier)
                .with(IloConnector.class, access -> ilo)
                .with(TokenSource.class, task -> token)
                .with(Pause.class, pauses::add)
                .with(Clock.class, Clock.fixed(NOW, ZoneOffset.UTC));
        return withGlance ? all.with(GlanceImages.class, glance) : all;
    }

    URI urlOf(MediaDrive drive) {
        return URI.create(drives.get(drive).image().orElseThrow());
    }

    /** Drives that behave: what is inserted is in, until it is ejected. */
    private void playDrives() {
        for (MediaDrive drive : MediaDrive.values()) {
            drives.put(drive, MediaStatus.EMPTY);
        }
        lenient().when(ilo.mediaStatus(any())).thenAnswer(call -> drives.get(call.<MediaDrive>getArgument(0)));
        lenient()
                .doAnswer(call -> drives.put(
                        call.getArgument(0),
                        MediaStatus.holding(call.<URI>getArgument(1).toString())))
                .when(ilo)
                .insertMedia(any(), any());
        lenient()
                .doAnswer(call -> drives.put(call.getArgument(0), MediaStatus.EMPTY))
                .when(ilo)
                .ejectMedia(any());
    }

    private void playPublisher() throws Exception {
        lenient().when(publisher.publish(anyString(), any(), any())).thenAnswer(call -> {
            published.put(call.getArgument(0), Files.readAllBytes(call.getArgument(1)));
            return sign(call.getArgument(0), call.getArgument(2));
        });
        lenient().when(publisher.publish(anyString(), any(), any(), any())).thenCallRealMethod();
        lenient()
                .doAnswer(call -> published.put(call.getArgument(0), Files.readAllBytes(call.getArgument(1))))
                .when(publisher)
                .store(anyString(), any(), any());
        lenient()
                .when(publisher.sign(anyString(), any()))
                .thenAnswer(call -> sign(call.getArgument(0), call.getArgument(1)));
        lenient()
                .when(publisher.exists(anyString()))
                .thenAnswer(call -> published.containsKey(call.<String>getArgument(0)));
        lenient()
                .doAnswer(call -> published.remove(call.<String>getArgument(0)))
                .when(publisher)
                .remove(anyString());
        lenient().when(publisher.fetchLog()).thenReturn(Optional.empty());
    }

    /** Every URL is another. */
    private SignedUrl sign(String name, Duration ttl) {
        ttls.add(ttl);
        return new SignedUrl(URI.create(scheme + "://127.0.0.1:8089/s" + ++signed + "/" + name), NOW.plus(ttl));
    }

    /** Just enough of an ISO to pass for one, beginning with a text. */
    static byte[] iso(String text) {
        byte[] iso = Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), 18 * 2048);
        System.arraycopy("\1CD001\1".getBytes(StandardCharsets.US_ASCII), 0, iso, 16 * 2048, 7);
        return iso;
    }

    /** Serves {@code test://} references; their bytes are their names, which makes an ISO of those that end like one. */
    private final class TestSource implements ImageSource {
        @Override
        public boolean accepts(String reference) {
            return reference.startsWith("test://");
        }

        @Override
        public ImageMetadata metadata(String reference) throws IOException {
            if (reference.contains("absent")) {
                throw new IOException("no such thing");
            }
            return new ImageMetadata(
                    reference,
                    OptionalLong.of(bytes(reference).length),
                    reference.equals("test://image") ? Optional.empty() : checksumOfAll,
                    Optional.empty(),
                    reference.equals("test://image") ? imageProperties : metadataOfAll);
        }

        @Override
        public InputStream open(String reference, long offset) {
            byte[] bytes = bytes(reference);
            return new ByteArrayInputStream(bytes, (int) offset, bytes.length);
        }

        private static byte[] bytes(String reference) {
            if (reference.endsWith("empty")) {
                return new byte[0];
            }
            return reference.endsWith(".iso") ? iso(reference) : reference.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Counts as the real one does, for one thread. */
    static final class Shared implements SharedObjects {
        final Map<String, Set<UUID>> users = new HashMap<>();
        final Set<String> lost = new HashSet<>();
        UUID installation = UUID.fromString("f0e1d2c3-0000-4000-8000-00000000000a");

        @Override
        public boolean acquire(String name, UUID node, Runnable make) {
            boolean made = !users.containsKey(name) || lost.remove(name);
            if (made) {
                make.run();
            }
            users.computeIfAbsent(name, key -> new HashSet<>()).add(node);
            return made;
        }

        @Override
        public void release(String name, UUID node, Runnable destroy) {
            Set<UUID> nodes = users.getOrDefault(name, new HashSet<>());
            if (nodes.remove(node) && nodes.isEmpty()) {
                destroy.run();
                users.remove(name);
            }
        }

        @Override
        public int users(String name) {
            return users.getOrDefault(name, Set.of()).size();
        }

        @Override
        public boolean lost(String name) {
            return lost.add(name);
        }

        @Override
        public boolean reclaim(String name, Runnable destroy) {
            throw new UnsupportedOperationException("the bench is never swept");
        }

        @Override
        public List<Counted> all() {
            return users.entrySet().stream()
                    .map(each -> new Counted(each.getKey(), each.getValue().size(), false))
                    .toList();
        }

        @Override
        public UUID installation() {
            return installation;
        }
    }
}

package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.deploy.AllowedPaths;
import io.ferric.deploy.DeployConfig;
import io.ferric.deploy.DiskConnector;
import io.ferric.deploy.ImageCache;
import io.ferric.deploy.ImageSources;
import io.ferric.deploy.IscsiDeploy;
import io.ferric.deploy.RamdiskConfig;
import io.ferric.deploy.RamdiskNotifier;
import io.ferric.driver.DeployOutcome;
import io.ferric.driver.Driver;
import io.ferric.driver.StepCall;
import io.ferric.driver.StepsInterface;
import io.ferric.driver.VendorCall;
import io.ferric.ilo.client.IloConnector;
import io.ferric.ilo.connect.IloConnections;
import io.ferric.ilo.wire.IloTrace;
import io.ferric.ilo.wire.Pause;
import io.ferric.image.BootIso;
import io.ferric.image.Content;
import io.ferric.image.Images;
import io.ferric.iscsi.IscsiOptions;
import io.ferric.lab.NoBootLoader;
import io.ferric.lab.PretendNode;
import io.ferric.lab.PretendRack;
import io.ferric.lab.ServerFault;
import io.ferric.lab.ServerTimes;
import io.ferric.lab.StubConductor;
import io.ferric.lab.ilo.IloState.Power;
import io.ferric.lab.ilo.MediaDevice;
import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.node.InvalidRequest;
import io.ferric.node.OperationFailed;
import io.ferric.publish.LocalPublisher;
import io.ferric.publish.LocalPublisherOptions;
import io.ferric.publish.Publisher;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both visits of an erase on a pretend server: a real floppy, ISO and iSCSI, all but the conductor. */
@Timeout(120)
class ErasedServerJourneyTest {
    private static final int MIB = 1 << 20;
    private static final long DISK = 160L * MIB;

    @TempDir
    Path folder;

    private final FakeTask task = FakeTask.complete();
    private PretendRack rack;
    private PretendNode server;
    private StubConductor conductor;
    private LocalPublisher publisher;
    private IloConnections connections;
    private Driver driver;

    @BeforeEach
    void start() throws Exception {
        Path iso = folder.resolve("deploy.iso");
        Path loader = Files.write(folder.resolve("isolinux.bin"), NoBootLoader.image());
        Content content = Content.of("ramdisk ".repeat(1000));
        Images.createBootIso(BootIso.of(content, content, "boot_method=vmedia", Content.of(loader)), iso);
        conductor = new StubConductor();
        publisher = new LocalPublisher(
                        LocalPublisherOptions.defaults(folder.resolve("published"), "127.0.0.1", 0), Clock.systemUTC())
                .start();
        rack = PretendRack.in(folder.resolve("rack"));
        fillDisk(folder.resolve("rack/disk.raw"));
        server = rack.add(
                "one",
                DISK,
                SimulatedIlo.builder().powerDelays(Duration.ofMillis(5), Duration.ofMillis(5)),
                each -> each.times(ServerTimes.hurried()));
        connections = IloConnections.create(IloTrace.NONE);
        driver = driver();
        task.onPower = action -> driver.power().apply(task, action, Optional.empty());
        task.with(spec -> {
            Map<String, Object> info = new HashMap<>(server.driverInfo());
            info.put("ilo_fingerprint", server.ilo().fingerprint());
            info.put("ilo_deploy_iso", iso.toUri().toString());
            return spec.withDriverInfo(info).withInstanceInfo(Map.of());
        });
    }

    private Driver driver() throws Exception {
        Bench bench = new Bench(Files.createDirectories(folder.resolve("bench")));
        bench.withGlance = false;
        DeployConfig config = DeployConfig.defaults()
                .withFolder(folder.resolve("deploy"))
                .withFileUrlAllowedPaths(List.of(folder))
                .withRamdisk(RamdiskConfig.defaults().withCallbackNetworks(List.of("127.0.0.0/8")));
        ImageSources sources = ImageSources.standard(config);
        IscsiDeploy iscsi = new IscsiDeploy(
                config,
                new ImageCache(config.imageCache(), sources, Clock.systemUTC()),
                DiskConnector.iscsi(IscsiOptions.defaults()),
                new SecureRandom(),
                () -> Optional.of(URI.create(conductor.url())));
        IloConfig ilo = bench.config.withPower(100, Duration.ofMillis(20));
        return new IloDriverProvider()
                .create(bench.services()
                        .with(IloConfig.class, ilo)
                        .with(IscsiDeploy.class, iscsi)
                        .with(Publisher.class, publisher)
                        .with(AllowedPaths.class, new AllowedPaths(List.of(folder)))
                        .with(RamdiskNotifier.class, new RamdiskNotifier(config.ramdisk()))
                        .with(IloConnector.class, connections)
                        .with(Pause.class, Pause.SLEEP)
                        .with(Clock.class, Clock.systemUTC()));
    }

    @AfterEach
    void stop() throws Exception {
        rack.close();
        connections.close();
        publisher.close();
        conductor.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void every_byte_is_zero_whether_the_disk_zeroes_itself_or_not(boolean itself) throws Exception {
        if (!itself) {
            server.server().faults().always(ServerFault.NO_ZEROING);
        }
        clean("erase_devices");

        assertThat(firstGarbage()).isEqualTo(-1);
        isAtRest();
    }

    @Test
    void the_partition_table_is_gone_and_what_lies_between_is_left() throws Exception {
        clean("erase_devices_metadata");

        for (long at : new long[] {0, 8 * MIB, 71 * MIB, DISK - MIB}) {
            assertThat(zero(at, MIB)).as("at %s", at).isTrue();
        }
        assertThat(zero(30 * MIB, MIB)).isFalse();
        isAtRest();
    }

    @Test
    void one_after_the_other() throws Exception {
        clean("erase_devices_metadata");
        clean("erase_devices");
        assertThat(firstGarbage()).isEqualTo(-1);
        isAtRest();
    }

    @Test
    void strangers_are_refused_and_a_second_call_finds_the_key_used_up() throws Exception {
        StepCall step = step("erase_devices_metadata");
        steps().run(task, step);
        VendorCall call = ramdisksCall();
        Map<String, Object> forged = new HashMap<>(call.parameters());
        forged.put("key", "A".repeat(32));
        assertThatThrownBy(() -> accept(new VendorCall(call.method(), forged)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("Deploy key does not match");
        steps().resume(task, step, accept(call));
        assertThatThrownBy(() -> accept(call)).hasMessage("Deploy key does not match");
    }

    @Test
    void what_the_ramdisk_reports_is_the_failure_and_clean_up_leaves_nothing() throws Exception {
        server.server().faults().always(ServerFault.ERROR_IN_CALLBACK);
        StepCall step = step("erase_devices");
        steps().run(task, step);
        VendorCall accepted = accept(ramdisksCall());
        assertThatThrownBy(() -> steps().resume(task, step, accepted))
                .isInstanceOf(OperationFailed.class)
                .hasMessageContaining("pretend: the disk controller does not answer");
        steps().cleanUp(task);
        isAtRest();
        assertThat(zero(0, MIB)).isFalse();
    }

    private void clean(String name) throws Exception {
        StepCall step = step(name);
        assertThat(steps().run(task, step)).isEqualTo(new DeployOutcome.AwaitingRamdisk());
        assertThat(steps().resume(task, step, accept(ramdisksCall()))).isEqualTo(new DeployOutcome.Finished());
    }

    private static StepCall step(String name) {
        return new StepCall("deploy", name, Map.of());
    }

    private StepsInterface steps() {
        return driver.steps().orElseThrow();
    }

    private VendorCall ramdisksCall() throws InterruptedException {
        return new VendorCall(
                "pass_deploy_info",
                new ObjectMapper().convertValue(conductor.nextCall(), new TypeReference<Map<String, Object>>() {}));
    }

    private VendorCall accept(VendorCall call) {
        return driver.vendor().orElseThrow().accept(task, call);
    }

    private void isAtRest() {
        assertThat(server.ilo().state().power()).isEqualTo(Power.OFF);
        for (MediaDevice device : MediaDevice.values()) {
            assertThat(server.ilo().state().bay(device).inserted()).isFalse();
        }
        assertThat(task.node().instanceInfo().values()).isEmpty();
    }

    /** A table of kind msdos with one partition from 8 to 72 MiB, and something everywhere. */
    private static void fillDisk(Path file) throws Exception {
        byte[] full = new byte[MIB];
        Arrays.fill(full, (byte) 0xa5);
        ByteBuffer table = ByteBuffer.allocate(512).order(ByteOrder.LITTLE_ENDIAN);
        table.put(446 + 4, (byte) 0x83).putInt(446 + 8, 8 * 2048).putInt(446 + 12, 64 * 2048);
        table.put(510, (byte) 0x55).put(511, (byte) 0xAA);
        try (FileChannel disk = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long at = 0; at < DISK; at += MIB) {
                disk.write(ByteBuffer.wrap(full), at);
            }
            disk.write(ByteBuffer.wrap(table.array()), 0);
            disk.write(ByteBuffer.allocate(512), 512);
            disk.write(ByteBuffer.allocate(512), DISK - 512);
        }
    }

    private boolean zero(long at, int length) throws Exception {
        try (FileChannel disk = FileChannel.open(server.server().diskFile())) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            disk.read(bytes, at);
            return Arrays.equals(bytes.array(), new byte[length]);
        }
    }

    private long firstGarbage() throws Exception {
        for (long at = 0; at < DISK; at += MIB) {
            if (!zero(at, MIB)) {
                return at;
            }
        }
        return -1;
    }
}

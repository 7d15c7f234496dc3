package io.ferric.lab.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferric.lab.MediaShelf;
import io.ferric.lab.ServerEvent;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ilo.BootTarget;
import io.ferric.lab.ilo.FirmwareMode;
import io.ferric.lab.ilo.IloState.Power;
import io.ferric.lab.ilo.MediaDevice;
import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.testkit.ClosedPort;
import io.ferric.testkit.Peer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine without anything to boot, and what its iLO does to it. */
class VirtualMachineIT {
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    @TempDir
    private Path folder;

    private VirtualRack rack;

    @BeforeEach
    void needs_qemu() throws IOException {
        Peer.require("qemu-system-x86_64");
        rack = VirtualRack.in(folder);
    }

    @AfterEach
    void leaves_nothing_running() throws IOException {
        rack.close();
        assertThat(processesIn(folder)).isEmpty();
    }

    @Test
    void runs_while_the_power_is_on_and_no_longer() throws Exception {
        VirtualNode node = rack("one", settings -> settings);
        node.ilo().state().powerOn();
        node.server().console().await(Stage.STARTED, PATIENCE);
        await().atMost(PATIENCE).until(() -> processesIn(folder).size() == 1);

        node.ilo().state().reset("test");
        node.server().console().await(Stage.STARTED, 2, PATIENCE);
        await().atMost(PATIENCE).until(() -> Files.exists(folder.resolve("console-one-2.log")));

        node.ilo().state().powerOff();
        node.server().console().await(Stage.POWERED_OFF, PATIENCE);
        assertThat(processesIn(folder)).isEmpty();
    }

    @Test
    void a_medium_that_cannot_be_fetched_is_an_empty_drive_and_a_line_on_the_console() throws Exception {
        try (ClosedPort nobody = new ClosedPort()) {
            VirtualNode node = rack("one", settings -> settings);
            node.ilo().state().insert(MediaDevice.CDROM, "http://127.0.0.1:" + nobody.number() + "/secret.iso");
            node.ilo().state().connect(MediaDevice.CDROM);
            node.ilo().state().powerOn();
            await().atMost(PATIENCE).until(() -> processesIn(folder).size() == 1);

            assertThat(node.server().console().lines())
                    .extracting(ServerEvent::message)
                    .anyMatch(line -> line.startsWith("CDROM: "))
                    .noneMatch(line -> line.contains("secret"));
        }
    }

    @Test
    void a_port_that_is_taken_is_told_in_the_words_of_qemu() throws Exception {
        VirtualNode node = rack("one", settings -> settings);
        try (ServerSocket taken = new ServerSocket(3260, 1, node.server().address())) {
            assertThat(taken.isBound()).isTrue();
            node.ilo().state().powerOn();

            String said = node.server().console().await(Stage.STOPPED, PATIENCE).message();

            assertThat(said).contains("does not start", "3260").doesNotContain("java.");
            assertThat(processesIn(folder)).isEmpty();
        }
    }

    @Test
    void qemu_that_dies_takes_the_power_with_it() throws Exception {
        VirtualNode node = rack("one", settings -> settings);
        node.ilo().state().powerOn();
        await().atMost(PATIENCE).until(() -> processesIn(folder).size() == 1);
        processesIn(folder).forEach(ProcessHandle::destroyForcibly);

        assertThat(node.server().console().await(Stage.STOPPED, PATIENCE).message())
                .contains("QEMU ended");
        await().atMost(PATIENCE).until(() -> node.ilo().state().power() == Power.OFF);
    }

    @Test
    void media_come_and_go_while_it_runs() throws Exception {
        try (MediaShelf shelf = new MediaShelf()) {
            Path medium = Files.write(folder.resolve("medium"), new byte[1 << 20]);
            VirtualNode node = rack("one", settings -> settings);
            node.ilo().state().powerOn();
            await().atMost(PATIENCE).until(() -> processesIn(folder).size() == 1);

            for (MediaDevice device : MediaDevice.values()) {
                node.ilo().state().insert(device, shelf.put(device.name(), medium));
                node.ilo().state().connect(device);
            }
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(openMedia()).containsExactly("cdrom", "floppy"));
            node.ilo().state().eject(MediaDevice.CDROM);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(openMedia()).containsExactly("floppy"));
            node.ilo().state().eject(MediaDevice.FLOPPY);
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(openMedia()).isEmpty());

            assertThat(node.server().console().lines())
                    .extracting(ServerEvent::message)
                    .noneMatch(line -> line.contains("QEMU refused"));
        }
    }

    @Test
    void what_a_deploy_ramdisk_says_is_not_taken_for_the_instance() throws Exception {
        try (MediaShelf shelf = new MediaShelf()) {
            VirtualNode node = rack("one", settings -> settings.upWhen(Pattern.compile("says hello")));
            Path disk = node.server().diskFile();
            try (RandomAccessFile boots = new RandomAccessFile(disk.toFile(), "rw")) {
                boots.write(sectorThatSays("the disk says hello\n"));
            }
            Path medium = Files.write(folder.resolve("medium"), new byte[1440 << 10]);
            node.ilo().state().insert(MediaDevice.FLOPPY, shelf.put("floppy", medium));
            node.ilo().state().connect(MediaDevice.FLOPPY);
            node.ilo().state().persistentBoot(List.of(BootTarget.HDD));
            node.ilo().state().powerOn();
            node.server().serial().awaitLine(Pattern.compile("says hello"), PATIENCE);
            node.ilo().state().eject(MediaDevice.FLOPPY);
            node.ilo().state().reset("test");
            node.server().console().await(Stage.INSTANCE_UP, PATIENCE);

            assertThat(node.server().console().lines())
                    .extracting(ServerEvent::stage)
                    .filteredOn(stage -> stage == Stage.STARTED || stage == Stage.INSTANCE_UP)
                    .containsExactly(Stage.STARTED, Stage.STARTED, Stage.INSTANCE_UP);
        }
    }

    /** A boot sector that writes a text to the first serial port, byte by byte, and halts. */
    private static byte[] sectorThatSays(String text) {
        byte[] code = HexFormat.of().parseHex("fc31c08ed8be167cbaf803ac84c07403eeebf8f4ebfd");
        byte[] said = text.getBytes(StandardCharsets.US_ASCII);
        byte[] sector = Arrays.copyOf(code, 512);
        System.arraycopy(said, 0, sector, code.length, said.length);
        sector[510] = 0x55;
        sector[511] = (byte) 0xaa;
        return sector;
    }

    /** The media that QEMU holds open. */
    private List<String> openMedia() throws IOException {
        List<String> names = new ArrayList<>();
        for (ProcessHandle qemu : processesIn(folder)) {
            try (Stream<Path> open = Files.list(Path.of("/proc", Long.toString(qemu.pid()), "fd"))) {
                for (Path each : open.toList()) {
                    names.add(Files.readSymbolicLink(each).getFileName().toString());
                }
            }
        }
        return names.stream()
                .filter(name -> name.matches("(cdrom|floppy)-one\\..*"))
                .map(name -> name.replaceFirst("-.*", ""))
                .distinct()
                .sorted()
                .toList();
    }

    private VirtualNode rack(String name, UnaryOperator<VirtualMachine.Builder> settings) throws IOException {
        SimulatedIlo.Builder ilo = SimulatedIlo.builder()
                .bootMode(FirmwareMode.LEGACY)
                .powerDelays(Duration.ofMillis(10), Duration.ofMillis(10));
        return rack.add(name, 64 << 20, ilo, settings);
    }

    /** Children of this JVM that have the folder on their command line. */
    private static List<ProcessHandle> processesIn(Path folder) throws IOException {
        String place = folder.toRealPath().toString();
        return ProcessHandle.current()
                .descendants()
                .filter(ProcessHandle::isAlive)
                .filter(each -> each.info().commandLine().orElse("").contains(place))
                .toList();
    }
}

package io.ferric.lab.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferric.lab.FirmwareMode;
import io.ferric.lab.IloState.Power;
import io.ferric.lab.MediaDevice;
import io.ferric.lab.ServerEvent;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.SimulatedIlo;
import io.ferric.testkit.ClosedPort;
import io.ferric.testkit.Peer;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine without anything to boot, and what its iLO does to it. */
class VirtualMachineIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

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

package io.ferric.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ferric.lab.ServerEvent.Stage;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretendRackTest {
    private static final long DISK = 1 << 20;

    @TempDir
    private Path folder;

    @Test
    void gives_each_server_an_address_a_disk_and_an_ilo() throws Exception {
        try (PretendRack rack = PretendRack.in(folder)) {
            PretendNode first = rack.add("one", DISK);
            PretendNode second = rack.add("two", DISK);
            assertThat(first.server().address()).isNotEqualTo(second.server().address());
            assertThat(first.ilo().fingerprint())
                    .isNotEqualTo(second.ilo().fingerprint())
                    .matches("[0-9a-f]{64}");
            assertThat(first.driverInfo().keySet())
                    .isEqualTo(Set.of("ilo_address", "client_port", "ilo_username", "ilo_password"));
            assertThat(folder.resolve("disk.raw")).exists();
            assertThat(Files.size(folder.resolve("disk-two.raw"))).isEqualTo(DISK);
        }
    }

    @Test
    void tells_its_listener_and_those_who_wait() throws Exception {
        StringBuffer heard = new StringBuffer();
        try (PretendRack rack = PretendRack.in(folder)) {
            PretendNode node = rack.add(
                    "one",
                    DISK,
                    s -> s.listener(event -> heard.append(event.stage()).append(' ')));
            assertThatThrownBy(() -> node.server().console().await(Stage.STARTED, Duration.ofMillis(20)))
                    .isInstanceOf(TimeoutException.class);
            node.ilo().state().powerOn();
            node.server().console().await(Stage.NO_BOOTABLE_DEVICE, Duration.ofSeconds(20));
            assertThat(heard).contains("STARTED").contains("NO_BOOTABLE_DEVICE");
        }
    }

    @Test
    void leaves_nothing_running_when_closed() throws Exception {
        PretendRack rack = PretendRack.in(folder);
        PretendNode node = rack.add("one", DISK);
        String server = "server-" + node.server().address().getHostAddress();
        node.ilo().state().powerOn();
        node.server().console().await(Stage.NO_BOOTABLE_DEVICE, Duration.ofSeconds(20));
        rack.close();
        // an executor has terminated a moment before its last thread is gone
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith(server)
                        || name.startsWith("ilo-" + node.ilo().address().getPort())));
        assertThatThrownBy(() -> new Socket(
                                node.ilo().address().getAddress(),
                                node.ilo().address().getPort())
                        .close())
                .isInstanceOf(IOException.class);
    }

    @Test
    void refuses_names_that_lead_elsewhere() throws Exception {
        try (PretendRack rack = PretendRack.in(folder)) {
            assertThatThrownBy(() -> rack.add("../x", DISK)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferric.lab.ServerFault;
import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.IloState.Power;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Cleaning over REST, by itself and when asked for, on a pretend server. */
@Timeout(180)
class CleaningJourneyIT {
    private static final int MIB = 1 << 20;

    @TempDir
    Path folder;

    @Test
    void a_server_that_is_given_back_shows_nothing_of_its_partitions() throws Exception {
        try (Datacenter datacenter = Datacenter.in(folder, Map.of("conductor.automated_clean", true))) {
            EnrolledNode node = datacenter.enrol("auto");
            node.deploy(Map.of());
            assertThat(node.disk().parts()).isNotEmpty();
            node.ask("deleted");
            node.reaches("available");
            assertThat(node.hardware().ilo().state().power()).isEqualTo(Power.OFF);
            assertThat(isZero(node, 0, MIB)).isTrue();
            datacenter.keepsNothingOf(node);
            datacenter.toldNoSecrets();
        }
    }

    @Test
    void steps_that_are_asked_for_are_done_in_their_order() throws Exception {
        try (Datacenter datacenter = Datacenter.in(folder, Map.of("conductor.automated_clean", false))) {
            EnrolledNode node = datacenter.enrol("manual");
            node.deploy(Map.of());
            node.tearDown();
            node.ask("manage");
            node.reaches("manageable");
            clean(datacenter, node, List.of(step("management", "reset_ilo"), step("deploy", "erase_devices")));
            node.reaches("manageable");
            assertThat(node.hardware().ilo().events(Kind.ILO_RESET)).hasSize(1);
            assertThat(isAllZero(node)).isTrue();
            datacenter.toldNoSecrets();
        }
    }

    @Test
    void what_the_ramdisk_reports_is_the_last_error_and_nothing_is_left_in_the_drives() throws Exception {
        try (Datacenter datacenter = Datacenter.in(folder, Map.of("conductor.automated_clean", false))) {
            EnrolledNode node = datacenter.enrol("broken");
            node.ask("manage");
            node.reaches("manageable");
            node.hardware().server().faults().always(ServerFault.ERROR_IN_CALLBACK);
            clean(datacenter, node, List.of(step("deploy", "erase_devices_metadata")));
            assertThat(node.reaches("clean failed").path("last_error").asText())
                    .contains("pretend: the disk controller does not answer");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> datacenter.published().isEmpty());
        }
    }

    private static Map<String, Object> step(String kind, String name) {
        return Map.of("interface", kind, "step", name);
    }

    private static void clean(Datacenter datacenter, EnrolledNode node, List<Map<String, Object>> steps) {
        Rest.Answer answer = datacenter
                .rest()
                .send("PUT", node.path() + "/states/provision", Map.of("target", "clean", "clean_steps", steps));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }

    private static boolean isAllZero(EnrolledNode node) throws IOException {
        long size = node.hardware().server().diskFile().toFile().length();
        for (long at = 0; at < size; at += MIB) {
            if (!isZero(node, at, MIB)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isZero(EnrolledNode node, long at, int length) throws IOException {
        try (FileChannel disk = FileChannel.open(node.hardware().server().diskFile())) {
            ByteBuffer bytes = ByteBuffer.allocate(length);
            disk.read(bytes, at);
            return Arrays.equals(bytes.array(), new byte[length]);
        }
    }
}

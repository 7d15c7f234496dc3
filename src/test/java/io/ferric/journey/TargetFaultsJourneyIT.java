package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ServerFault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Disks and ramdisks that fail in the second visit of a deploy. */
class TargetFaultsJourneyIT {
    @TempDir
    private static Path folder;

    private static Datacenter datacenter;

    @BeforeAll
    static void start() throws Exception {
        datacenter =
                Datacenter.in(folder, Map.of("deploy.iscsi_deadline", "1s", "deploy.ramdisk.notify_timeout", "1s"));
    }

    @AfterAll
    static void stop() throws Exception {
        datacenter.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TARGET_RESETS          | 'write root': iSCSI target .* the connection was lost",
                "TARGET_FREEZES         | 'write root': iSCSI target .* no progress within 1.0 s",
                "TARGET_REPORTS_ERROR   | MEDIUM ERROR, write error",
                "DISK_TOO_SMALL         | disk has 8 MiB, but the partitions need 1025 MiB",
                "WRONG_TARGET_NAME      | cannot be opened",
                "ERROR_IN_CALLBACK      | the disk controller does not answer",
                "NEVER_LISTENS_FOR_DONE | could not be told that its disk is written"
            })
    void fails_within_its_deadline_and_says_why(ServerFault fault, String why) throws Exception {
        EnrolledNode node = datacenter.enrol(fault.name());
        node.hardware().server().faults().inject(fault, 1);

        node.beginDeploy(Map.of());

        assertThat(node.fails()).containsPattern(why);
        nothingIsLeftOf(node);
        if (fault != ServerFault.TARGET_RESETS && fault != ServerFault.TARGET_FREEZES) {
            assertThat(node.hardware().server().console().toString()).doesNotContain("was not logged out");
        }
    }

    @Test
    void what_failed_once_can_be_deployed_again() throws Exception {
        EnrolledNode node = datacenter.enrol("second-try");
        node.hardware().server().faults().inject(ServerFault.TARGET_RESETS, 1);
        node.beginDeploy(Map.of());
        node.fails();

        node.deploy(Map.of());
        node.holdsTheImage();
        node.tearDown();
    }

    @Test
    void a_node_that_lost_its_power_in_the_deploy_fails() throws Exception {
        EnrolledNode node = datacenter.enrol("unplugged");
        node.hardware().server().faults().inject(ServerFault.TARGET_FREEZES, 1);
        node.beginDeploy(Map.of());
        node.hardware().server().console().await(Stage.CALL_ACCEPTED, Duration.ofSeconds(20));
        node.hardware().ilo().state().powerOff();

        assertThat(node.fails()).contains("iSCSI");
        nothingIsLeftOf(node);
    }

    private static void nothingIsLeftOf(EnrolledNode node) throws Exception {
        datacenter.keepsNothingOf(node);
        assertThat(datacenter.published()).isEmpty();
        await().atMost(Duration.ofSeconds(30)).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("iscsi-idle")));
        datacenter.rest().get(node.path() + "/history");
        datacenter.toldNoSecrets();
    }
}

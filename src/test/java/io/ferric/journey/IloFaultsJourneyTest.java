package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.IloFault;
import io.ferric.lab.ilo.MediaDevice;
import io.ferric.lab.ilo.SimulatedIlo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** iLOs that misbehave in the middle of a deploy. */
class IloFaultsJourneyTest {
    /** Three attempts to eject each drive, then one to look into the drive for the boot ISO. */
    private static final int TO_THE_BOOT_ISO = 7;

    @TempDir
    private static Path folder;

    private static Datacenter datacenter;

    @BeforeAll
    static void start() throws Exception {
        datacenter = Datacenter.in(folder, Map.of("ilo.client_timeout", "1s", "ilo.power_retry", 40));
    }

    @AfterAll
    static void stop() throws Exception {
        datacenter.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NO_LICENSE               | 9 | no license for virtual media",
                "INSERT_FAILS             | 9 | inserting virtual media FLOPPY failed",
                "INSERT_WITHOUT_INSERTING | 9 | the iLO took .* without an error and has nothing inserted",
                "STUCK_POWER              | 1 | still says power off"
            })
    void a_deploy_fails_with_a_reason_and_leaves_nothing_behind(IloFault fault, int times, String why)
            throws Exception {
        EnrolledNode node = datacenter.enrol(fault + "-" + times);
        leaveMediaIn(node);
        node.hardware().ilo().faults().inject(fault, times);

        node.beginDeploy(Map.of());

        assertThat(node.fails()).containsPattern(why);
        nothingIsLeftOf(node);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GARBAGE_ANSWER           | an answer that cannot be understood",
                "WRONG_DOCUMENT           | no RIBCL but an XML document",
                "TRUNCATED_DOCUMENT       | an answer that cannot be understood",
                "DROP_IN_CHUNK            | ended in the middle of the answer",
                "DROP_AT_ONCE             | the connection ended before",
                "HTTP_503                 | HTTP status 503",
                "LOGIN_FAILED             | rejects the user name or the password",
                "SLOW                     | no answer within 1 s",
                "NEVER_ANSWERS            | no answer within 1 s",
                "RIBCL_DISABLED           | RIBCL interface is switched off"
            })
    void a_deploy_that_fails_at_the_first_question_leaves_the_server_as_it_was(IloFault fault, String why)
            throws Exception {
        EnrolledNode node = datacenter.enrol("first-" + fault);
        leaveMediaIn(node);
        node.hardware().ilo().faults().always(fault);

        node.beginDeploy(Map.of());

        assertThat(node.reaches("deploy failed").path("last_error").asText()).containsPattern(why);
        node.isLetGo();
        assertThat(node.hardware().ilo().events(Kind.EJECTED)).isEmpty();
        datacenter.keepsNothingOf(node);
        assertThat(datacenter.published()).isEmpty();
        datacenter.toldNoSecrets();
        node.hardware().ilo().faults().clear();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GARBAGE_ANSWER           | an answer that cannot be understood",
                "DROP_IN_CHUNK            | ended in the middle of the answer",
                "INSERT_WITHOUT_INSERTING | the iLO took .* without an error and has nothing inserted",
                "INSERT_FAILS             | inserting virtual media CDROM failed"
            })
    void so_it_does_when_the_disk_is_written_already(IloFault fault, String why) throws Exception {
        EnrolledNode node = faultyOnceCalled(fault, "late-" + fault);

        node.beginDeploy(Map.of());

        assertThat(node.fails()).containsPattern(why);
        nothingIsLeftOf(node);
    }

    @Test
    void a_bad_moment_at_the_first_question_is_waited_out() throws Exception {
        EnrolledNode node = datacenter.enrol("moody");
        node.hardware().ilo().faults().inject(IloFault.GARBAGE_ANSWER, 1);
        node.deploy(Map.of());
        node.tearDown();
    }

    @Test
    void an_ilo_that_is_slow_but_within_its_time_is_waited_for() throws Exception {
        SimulatedIlo.Builder slow = SimulatedIlo.builder().slowness(Duration.ofMillis(100));
        EnrolledNode node = datacenter.enrol("unhurried", slow, event -> {});
        node.hardware().ilo().faults().always(IloFault.SLOW);
        node.deploy(Map.of());
        node.tearDown();
    }

    @Test
    void an_ilo_that_stays_away_leaves_a_failed_node_and_not_a_stuck_one() throws Exception {
        EnrolledNode node = datacenter.enrol("gone");
        node.hardware().ilo().faults().always(IloFault.DROP_AT_ONCE);
        node.beginDeploy(Map.of());

        String why = node.reaches("deploy failed").path("last_error").asText();

        assertThat(why).contains("reading the boot mode failed");
        node.isLetGo();
        node.hardware().ilo().faults().clear();
        node.tearDown();
    }

    /** The ramdisk waits with its call until the first visit no longer needs the iLO. */
    private static EnrolledNode faultyOnceCalled(IloFault fault, String name) throws Exception {
        EnrolledNode[] self = new EnrolledNode[1];
        self[0] = datacenter.enrol(name, event -> {
            if (event.stage() == Stage.TARGET_UP) {
                self[0].reaches("wait call-back");
                self[0].isLetGo();
                self[0].hardware().ilo().faults().inject(fault, TO_THE_BOOT_ISO);
            }
        });
        return self[0];
    }

    /** As if an operator had used the console before. */
    private static void leaveMediaIn(EnrolledNode node) {
        for (MediaDevice device : MediaDevice.values()) {
            node.hardware().ilo().state().insert(device, "http://127.0.0.1:9/old.iso");
        }
    }

    private static void nothingIsLeftOf(EnrolledNode node) throws Exception {
        assertThat(node.hardware().ilo().events(Kind.EJECTED)).isNotEmpty();
        datacenter.keepsNothingOf(node);
        assertThat(datacenter.published()).isEmpty();
        datacenter.rest().get(node.path() + "/history");
        datacenter.toldNoSecrets();
    }
}

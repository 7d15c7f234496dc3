package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.journey.FaultStory.Ilo;
import io.ferric.lab.ServerEvent;
import io.ferric.lab.ServerEvent.Stage;
import io.ferric.lab.ilo.IloEvent.Kind;
import io.ferric.lab.ilo.IloFault;
import io.ferric.lab.ilo.IloState.Power;
import io.ferric.lab.ilo.MediaDevice;
import io.ferric.lab.ilo.SimulatedIlo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** iLOs that misbehave before or in the middle of a deploy, and what the operator reads then. */
class IloFaultsJourneyIT {
    private static final String OLD = "http://127.0.0.1:9/old.iso";

    /** Those whose time has to run out. */
    private static final Set<IloFault> SILENT = EnumSet.of(IloFault.NEVER_ANSWERS, IloFault.SLOW_DRIP);

    /** Those that strike who logs in. */
    private static final Set<IloFault> AT_LOGIN = EnumSet.of(IloFault.LOGIN_FAILED, IloFault.SESSION_SLOTS_FULL);

    @TempDir
    private static Path folder;

    private static Datacenter datacenter;

    @BeforeAll
    static void start() throws Exception {
        datacenter = Datacenter.in(
                folder,
                Map.of(
                        "ilo.client_timeout",
                        "20s",
                        "ilo.power_retry",
                        20,
                        "conductor.deploy_callback_timeout",
                        "20s",
                        "conductor.sync_power_state_interval",
                        "0s"));
    }

    @AfterAll
    static void stop() throws Exception {
        datacenter.close();
    }

    static List<FaultStory> stories() throws IOException {
        return FaultStory.all();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void the_operator_reads_what_is_wrong_and_what_to_do(FaultStory story) throws Exception {
        EnrolledNode node = enrol(story);
        if (SILENT.contains(story.fault())) {
            node.set("/driver_info/client_timeout", 1);
        }
        leaveMediaIn(node);
        if (story.stage() == FaultStory.Stage.EARLY) {
            strike(node, story);
        }

        node.beginDeploy(Map.of());

        JsonNode end = node.reaches(story.goesOn() ? "active" : "deploy failed");
        node.isLetGo();
        assertThat(shown(node, end.path("last_error"))).isEqualTo(story.lastError());
        if (story.goesOn()) {
            node.awaitInstance(1);
        } else {
            nothingIsLeftOf(node);
        }
        node.hardware().ilo().faults().clear();
        if (story.fault() != IloFault.LOGIN_FAILED) { // such an iLO is left in peace for minutes
            node.tearDown();
        }
        datacenter.toldNoSecrets();
    }

    @ParameterizedTest
    @EnumSource(IloFault.class)
    void every_fault_has_its_story(IloFault fault) throws Exception {
        assertThat(stories()).extracting(FaultStory::fault).contains(fault);
    }

    @ParameterizedTest
    @EnumSource(Ilo.class)
    void a_wrong_password_is_tried_once_a_deploy(Ilo ilo) throws Exception {
        EnrolledNode node = enrol("once-" + ilo, ilo, event -> {});
        node.hardware().ilo().faults().always(IloFault.LOGIN_FAILED);
        node.set("/driver_info/ilo_password", "another");

        node.beginDeploy(Map.of());
        node.reaches("deploy failed");
        node.isLetGo();

        assertThat(node.hardware().ilo().events(Kind.LOGIN_REJECTED)).hasSize(1);
        node.hardware().ilo().faults().clear();
    }

    private static EnrolledNode enrol(FaultStory story) throws IOException {
        EnrolledNode[] self = new EnrolledNode[1];
        self[0] = enrol(story.name(), story.ilo(), event -> {
            if (event.stage() == Stage.TARGET_UP && story.stage() == FaultStory.Stage.LATE) {
                // the ramdisk waits with its call until the first visit no longer needs the iLO
                self[0].reaches("wait call-back");
                self[0].isLetGo();
                strike(self[0], story);
            }
        });
        return self[0];
    }

    private static EnrolledNode enrol(String name, Ilo ilo, Consumer<ServerEvent> listener) throws IOException {
        SimulatedIlo.Builder builder = SimulatedIlo.builder()
                .profile(ilo.profile())
                .slowness(Duration.ofMillis(50))
                .drip(Duration.ofMillis(400));
        EnrolledNode node = datacenter.enrol(name.replace('_', '-'), builder, listener);
        node.set("/driver_info/ilo_protocol", ilo.protocol());
        return node;
    }

    private static void strike(EnrolledNode node, FaultStory story) {
        if (AT_LOGIN.contains(story.fault())) {
            node.hardware().ilo().faults().inject(IloFault.SESSION_LOST, 1);
        }
        if (story.times().isPresent()) {
            node.hardware().ilo().faults().inject(story.fault(), story.times().getAsInt());
        } else {
            node.hardware().ilo().faults().always(story.fault());
        }
    }

    /** As if an operator had used the console before. */
    private static void leaveMediaIn(EnrolledNode node) {
        for (MediaDevice device : MediaDevice.values()) {
            node.hardware().ilo().state().insert(device, OLD);
        }
    }

    /** Nothing of this deploy: an iLO that could not be asked anything keeps what was in it. */
    private static void nothingIsLeftOf(EnrolledNode node) throws IOException {
        SimulatedIlo ilo = node.hardware().ilo();
        assertThat(ilo.state().power()).isEqualTo(Power.OFF);
        for (MediaDevice device : MediaDevice.values()) {
            assertThat(ilo.state().bay(device).imageUrl().orElse(OLD)).isEqualTo(OLD);
        }
        datacenter.keepsNothingOf(node);
        assertThat(datacenter.published()).isEmpty();
        assertThat(ilo.sessions()).hasSizeLessThanOrEqualTo(1);
        datacenter.rest().get(node.path() + "/history");
        datacenter.toldNoSecrets();
    }

    /** What differs from run to run replaced by its name. */
    private static String shown(EnrolledNode node, JsonNode lastError) {
        return lastError.isNull()
                ? ""
                : lastError
                        .asText()
                        .replace(node.uuid(), "UUID")
                        .replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:PORT")
                        .replaceAll("[0-9a-f]{32,}", "NAME")
                        .replaceAll("after \\d+ bytes", "after N bytes")
                        .replaceAll("\\s+", " ");
    }
}

package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.lab.ServerFault;
import io.ferric.lab.ilo.IloProfile;
import io.ferric.lab.ilo.IloState.Power;
import io.ferric.lab.ilo.SimulatedIlo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** The same stories on every kind of iLO, in whatever protocol suits it. */
class ProfileJourneyIT {
    private static Datacenter datacenter;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        datacenter = Datacenter.in(folder, Map.of("ilo.client_timeout", "20s"));
    }

    @AfterAll
    static void stop() throws Exception {
        datacenter.close();
    }

    private static EnrolledNode enrol(IloProfile profile) throws Exception {
        return datacenter.enrol(profile.wireName(), SimulatedIlo.builder().profile(profile), event -> {});
    }

    /** An iLO 7 takes no media from this datacenter, which publishes by http. */
    @ParameterizedTest
    @EnumSource(
            value = IloProfile.class,
            mode = Mode.EXCLUDE,
            names = {"ILO3_G7", "ILO7"})
    void deploys_shuts_down_softly_and_is_inspected(IloProfile profile) throws Exception {
        EnrolledNode node = enrol(profile);
        node.deploy(Map.of());
        node.holdsTheImage();

        node.hardware().server().faults().inject(ServerFault.IGNORES_POWER_BUTTON, 1);
        JsonNode stubborn = softPowerOff(node, 1);
        assertThat(stubborn.path("last_error").asText())
                .contains(
                        "the operating system did not shut down within 1 s after the power button was pressed",
                        "the server was left on");
        assertThat(node.hardware().ilo().state().power()).isEqualTo(Power.ON);
        JsonNode heeding = softPowerOff(node, 20);
        assertThat(heeding.path("last_error").isNull()).isTrue();
        assertThat(heeding.path("power_state").asText()).isEqualTo("power off");
        node.tearDown();

        node.ask("manage");
        node.reaches("manageable");
        node.hardware().ilo().state().powerOn();
        await().until(() -> node.hardware().ilo().state().power() == Power.ON);
        node.ask("inspect");
        JsonNode inspected = node.reaches("manageable");
        assertThat(inspected.path("last_error").asText("")).isIn("", "null");
        assertThat(inspected.path("properties").path("memory_mb").asLong()).isPositive();
        assertThat(inspected.path("properties").path("cpus").asLong()).isPositive();
        assertThat(inspected.path("properties").path("capabilities").asText())
                .contains("server_model:" + profile.model());
        datacenter.toldNoSecrets();
    }

    @Test
    void an_ilo_7_is_not_touched_by_a_datacenter_that_publishes_by_http() throws Exception {
        EnrolledNode node = enrol(IloProfile.ILO7);
        node.setInstanceInfo(datacenter.supplies().instanceInfo());
        Rest.Answer answer = node.provision("active");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body())
                .contains(
                        "takes images by https only. Set tls_certificate and tls_key, or an external_url with https://.");
        assertThat(node.powerEvents()).isEmpty();
    }

    private static JsonNode softPowerOff(EnrolledNode node, int seconds) {
        Rest.Answer answer = datacenter
                .rest()
                .send("PUT", node.path() + "/states/power", Map.of("target", "soft power off", "timeout", seconds));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return await().atMost(Duration.ofSeconds(40))
                .until(node::show, now -> now.path("reservation").isNull());
    }
}

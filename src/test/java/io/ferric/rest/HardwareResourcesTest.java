package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.conductor.Requester;
import io.ferric.driver.Findings;
import io.ferric.driver.ManagementInterface.IndicatorLight;
import io.ferric.driver.ManagementInterface.IndicatorState;
import io.ferric.driver.MediaInterface.Attached;
import io.ferric.driver.MediaInterface.Device;
import io.ferric.driver.Unsupported;
import io.ferric.node.BootMode;
import io.ferric.node.FaultCode;
import io.ferric.node.NotFound;
import io.ferric.node.PowerAction;
import io.ferric.rest.common.ApiVersion;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;

/** Soft power, boot mode, indicators, NMI, sensors, inventory, virtual media, warnings. */
class HardwareResourcesTest extends RestOnMock {
    @Test
    void passes_on_how_long_a_soft_power_off_may_take() {
        rest.put("/v1/nodes/n1/states/power", "{\"target\": \"soft power off\", \"timeout\": 90}");

        verify(conductor).power("n1", PowerAction.SOFT_OFF, Optional.of(Duration.ofSeconds(90)), Requester.NOBODY);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT  | states/power | 1.26 | {\"target\": \"soft power off\"} | 406 | 1.27",
                "PUT  | states/power | 1.26 | {\"target\": \"power on\", \"timeout\": 5} | 406 | 1.27",
                "PUT  | states/provision | 1.5 | {\"target\": \"inspect\"} | 406 | 1.6",
                "PUT  | management/inject_nmi | 1.28 | {} | 404 | 1.29",
                "GET  | management/indicators | 1.62 | '' | 404 | 1.63",
                "PUT  | states/boot_mode | 1.75 | {\"target\": \"uefi\"} | 404 | 1.76",
                "GET  | inventory | 1.80 | '' | 404 | 1.81",
                "POST | vmedia | 1.88 | {} | 404 | 1.89",
                "GET  | vmedia | 1.92 | '' | 404 | 1.93"
            })
    void tells_old_versions_which_one_to_ask_for(
            String method, String path, String version, String body, int status, String needed) {
        Served.Answer answer = rest.send(rest.request("/v1/nodes/n1/" + path)
                .header(ApiVersion.HEADER, version)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.sentence()).contains("from version " + needed + " on");
        verifyNoInteractions(conductor);
    }

    @Test
    void sets_the_boot_mode_and_shows_what_was_seen() {
        when(conductor.node("n1")).thenReturn(Samples.node());

        assertThat(rest.put("/v1/nodes/n1/states/boot_mode", "{\"target\": \"uefi\"}")
                        .status())
                .isEqualTo(202);
        verify(conductor).setBootMode("n1", BootMode.UEFI, Requester.NOBODY);
        assertThat(rest.put("/v1/nodes/n1/states/boot_mode", "{\"target\": \"pcbios\"}")
                        .status())
                .isEqualTo(400);
        JsonNode states = rest.get("/v1/nodes/n1/states").json();
        assertThat(states.get("boot_mode").textValue()).isEqualTo("uefi");
        assertThat(states.get("secure_boot").booleanValue()).isTrue();
        assertThat(rest.get("/v1/nodes/n1").json().get("inspection_finished_at").textValue())
                .isNotBlank();
    }

    @Test
    void refuses_to_change_secure_boot() {
        doThrow(Unsupported.because("changing secure boot")).when(conductor).setSecureBoot("n1", true);

        Served.Answer answer = rest.put("/v1/nodes/n1/states/secure_boot", "{\"target\": true}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("X-Ferric-Fault-Code")).isEqualTo("UnsupportedDriverExtension");
    }

    @Test
    void shows_and_sets_indicators_as_ironic_does() {
        when(conductor.node("n1")).thenReturn(Samples.node());
        when(conductor.indicators("n1"))
                .thenReturn(List.of(
                        new IndicatorLight("chassis", "led", EnumSet.allOf(IndicatorState.class)),
                        new IndicatorLight("system", "health", Set.of())));
        when(conductor.indicator("n1", "chassis", "led")).thenReturn(IndicatorState.BLINKING);

        JsonNode all = rest.get("/v1/nodes/n1/management/indicators").json();

        assertThat(all.at("/indicators/0/name").textValue()).isEqualTo("led@chassis");
        assertThat(all.at("/indicators/0/readonly").booleanValue()).isFalse();
        assertThat(all.at("/indicators/0/states")).hasSize(3);
        assertThat(all.at("/indicators/0/links/0/href").textValue())
                .endsWith("/v1/nodes/" + Samples.NODE + "/management/indicators/led@chassis");
        assertThat(all.at("/indicators/1/readonly").booleanValue()).isTrue();
        assertThat(rest.get("/v1/nodes/n1/management/indicators/led@chassis").body())
                .isEqualTo("{\"state\":\"blinking\"}");
        assertThat(rest.put("/v1/nodes/n1/management/indicators/led@chassis", "{\"state\": \"ON\"}")
                        .status())
                .isEqualTo(204);
        verify(conductor).setIndicator("n1", "chassis", "led", IndicatorState.ON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"led", "@chassis", "led@"})
    void refuses_what_is_no_name_of_an_indicator(String name) {
        assertThat(rest.get("/v1/nodes/n1/management/indicators/" + name).status())
                .isEqualTo(400);
    }

    @Test
    void sends_an_nmi() {
        assertThat(rest.put("/v1/nodes/n1/management/inject_nmi", "{}").status())
                .isEqualTo(204);
        assertThat(rest.put("/v1/nodes/n1/management/inject_nmi", "{\"x\": 1}").status())
                .isEqualTo(400);
        verify(conductor).injectNmi("n1", Requester.NOBODY);
    }

    @Test
    void shows_sensors_and_inventory() {
        when(conductor.sensors("n1")).thenReturn(Map.of("Fan", Map.of("Fan 1", Map.of("reading", 30))));
        when(conductor.inventory("n1")).thenReturn(Map.of("memory", 7));
        when(conductor.inventory("n2")).thenThrow(new NotFound(FaultCode.NODE_INVENTORY_NOT_FOUND, "no inventory", ""));

        assertThat(rest.get("/v1/nodes/n1/sensors")
                        .json()
                        .at("/sensors/Fan/Fan 1/reading")
                        .intValue())
                .isEqualTo(30);
        JsonNode inventory = rest.get("/v1/nodes/n1/inventory").json();
        assertThat(inventory.at("/inventory/memory").intValue()).isEqualTo(7);
        assertThat(inventory.get("plugin_data")).isEmpty();
        assertThat(rest.get("/v1/nodes/n2/inventory").status()).isEqualTo(404);
    }

    @Test
    void attaches_shows_and_detaches_virtual_media() {
        when(conductor.attachedMedia("n1"))
                .thenReturn(List.of(new Attached(Device.CDROM, true, "http://u:pw@h/x.iso?sig=f00d")));

        assertThat(rest.post(
                                "/v1/nodes/n1/vmedia",
                                "{\"device_type\": \"cdrom\", \"image_url\": \"http://h/x.iso?sig=f00d\","
                                        + " \"image_download_source\": \"http\"}")
                        .status())
                .isEqualTo(204);
        verify(conductor).attachMedia("n1", Device.CDROM, URI.create("http://h/x.iso?sig=f00d"), Requester.NOBODY);
        Served.Answer shown = rest.get("/v1/nodes/n1/vmedia");
        assertThat(shown.json().at("/0/device_type").textValue()).isEqualTo("cdrom");
        assertThat(shown.body()).doesNotContain("f00d", "u:pw");
        assertThat(rest.delete("/v1/nodes/n1/vmedia?device_types=cdrom,floppy").status())
                .isEqualTo(204);
        assertThat(rest.delete("/v1/nodes/n2/vmedia").status()).isEqualTo(204);
        verify(conductor).detachMedia("n1", List.of(Device.CDROM, Device.FLOPPY), Requester.NOBODY);
        verify(conductor).detachMedia("n2", List.of(Device.values()), Requester.NOBODY);
        assertThat(rest.delete("/v1/nodes/n1/vmedia?device_types=disk").status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/s3cret",
                "ftp://h/s3cret",
                "http:///s3cret",
                "//h/s3cret",
                "s3cret",
                "http://h/s3cret x",
                "http://h/x#s3cret",
                "javascript:s3cret"
            })
    void refuses_what_a_bmc_could_not_fetch_without_repeating_it(String url) {
        Served.Answer answer =
                rest.post("/v1/nodes/n1/vmedia", "{\"device_type\": \"cdrom\", \"image_url\": \"" + url + "\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).contains("image_url").doesNotContain("s3cret");
        verifyNoInteractions(conductor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"device_type\": \"usb\", \"image_url\": \"http://h/x\"}",
                "{\"image_url\": \"http://h/x\"}",
                "{\"device_type\": \"cdrom\"}",
                "{\"device_type\": \"cdrom\", \"image_url\": \"http://h/x\", \"image_download_source\": \"local\"}"
            })
    void refuses_media_that_are_none(String body) {
        assertThat(rest.post("/v1/nodes/n1/vmedia", body).status()).isEqualTo(400);
        verify(conductor, Mockito.never()).attachMedia(eq("n1"), any(), any(), any());
    }

    @Test
    void refuses_a_url_that_is_too_long() {
        String url = "http://h/" + "x".repeat(3000);

        assertThat(rest.post("/v1/nodes/n1/vmedia", "{\"device_type\": \"cdrom\", \"image_url\": \"" + url + "\"}")
                        .sentence())
                .contains("3009 characters")
                .doesNotContain("xxx");
    }

    @Test
    void warnings_leave_the_result_true_and_stand_in_the_reason() {
        Findings warned = new Findings();
        warned.warn("driver_info/ilo_address", "The firmware is old.");
        Findings wrong = new Findings();
        wrong.warn("x", "And old.");
        wrong.missing("driver_info/y", "Give it.");
        when(conductor.validate("n1")).thenReturn(Map.of("power", warned, "deploy", wrong));

        JsonNode answer = rest.get("/v1/nodes/n1/validate").json();

        assertThat(answer.at("/power/result").booleanValue()).isTrue();
        assertThat(answer.at("/power/reason").textValue()).isEqualTo("Warning: The firmware is old.");
        assertThat(answer.at("/deploy/result").booleanValue()).isFalse();
        assertThat(answer.at("/deploy/reason").textValue())
                .isEqualTo("'driver_info/y' is missing. Give it. Warning: And old.");
    }
}

package io.ferric.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoInteractions;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.databind.JsonNode;
import io.ferric.conductor.HistoryEntry;
import io.ferric.conductor.Requester;
import io.ferric.conductor.VendorReply;
import io.ferric.driver.Driver;
import io.ferric.driver.DriverProperty;
import io.ferric.driver.InterfaceNames;
import io.ferric.driver.ManagementInterface.BootChoice;
import io.ferric.driver.VendorCall;
import io.ferric.driver.VendorMethod;
import io.ferric.node.BootDevice;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Maintenance;
import io.ferric.node.NotFound;
import io.ferric.node.PowerAction;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything but nodes and ports themselves: states, maintenance, boot device, vendor methods, history, drivers. */
class ResourcesTest extends RestOnMock {
    @Test
    void says_at_its_root_what_it_is() {
        JsonNode root = rest.get("/").json();
        JsonNode v1 = rest.get("/v1").json();

        assertThat(root.at("/versions/0/id").textValue()).isEqualTo("v1");
        assertThat(root.at("/default_version/min_version").textValue()).isEqualTo("1.1");
        assertThat(v1.at("/version/version").textValue()).isEqualTo("1.93");
        assertThat(v1.at("/nodes/0/href").textValue())
                .isEqualTo(rest.uri("/v1/nodes/").toString());
        assertThat(v1.at("/ports/0/href").textValue()).endsWith("/v1/ports/");
        assertThat(v1.at("/drivers/1/href").textValue()).endsWith("/drivers/");
    }

    @Test
    void shows_the_states_of_a_node() {
        when(conductor.node("n1")).thenReturn(Samples.node());

        JsonNode states = rest.get("/v1/nodes/n1/states").json();

        assertThat(states.get("power_state").textValue()).isEqualTo("power on");
        assertThat(states.get("target_power_state").textValue()).isEqualTo("rebooting");
        assertThat(states.get("provision_state").textValue()).isEqualTo("wait call-back");
        assertThat(states.get("target_provision_state").textValue()).isEqualTo("active");
        assertThat(states.get("last_error").textValue()).contains("temp_url_sig=***");
        assertThat(states.get("console_enabled").booleanValue()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(PowerAction.class)
    void begins_a_power_action(PowerAction action) {
        Served.Answer answer = rest.put("/v1/nodes/n1/states/power", "{\"target\": \"" + action.wireName() + "\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Location"))
                .isEqualTo(rest.uri("/v1/nodes/n1/states").toString());
        verify(conductor).power("n1", action, Optional.empty(), Requester.NOBODY);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"target\": \"power off softly\"}",
                "{\"target\": \"power off\", \"timeout\": 0}",
                "{\"target\": \"power off\", \"timeout\": -1}",
                "{\"target\": \"power off\", \"timeout\": 1.5}",
                "{\"target\": \"power off\", \"timeout\": \"60\"}",
                "{\"target\": \"power off\", \"timeout\": true}",
                "{\"target\": \"power off\", \"timeout\": 99999999999}",
                "{\"target\": 1}",
                "{}",
                "{\"target\": \"power on\", \"x\": 1}"
            })
    void refuses_a_power_action_that_is_none(String body) {
        assertThat(rest.put("/v1/nodes/n1/states/power", body).status()).isEqualTo(400);
        verifyNoInteractions(conductor);
    }

    @Test
    void begins_a_move_of_the_lifecycle() {
        Served.Answer answer = rest.put("/v1/nodes/n1/states/provision", "{\"target\": \"active\"}");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Location")).endsWith("/v1/nodes/n1/states");
        verify(conductor).provision("n1", "active", Map.of(), Requester.NOBODY);
    }

    @Test
    void passes_on_whether_the_ephemeral_partition_is_kept() {
        rest.put("/v1/nodes/n1/states/provision", "{\"target\": \"rebuild\", \"preserve_ephemeral\": true}");

        verify(conductor).provision("n1", "rebuild", Map.of("preserve_ephemeral", true), Requester.NOBODY);
    }

    @Test
    void passes_on_a_config_drive_in_both_forms() {
        rest.put("/v1/nodes/n1/states/provision", "{\"target\": \"active\", \"configdrive\": \"H4s\"}");
        rest.put("/v1/nodes/n2/states/provision", "{\"target\": \"rebuild\", \"configdrive\": {\"user_data\": \"x\"}}");

        verify(conductor).provision("n1", "active", Map.of("configdrive", "H4s"), Requester.NOBODY);
        verify(conductor).provision("n2", "rebuild", Map.of("configdrive", Map.of("user_data", "x")), Requester.NOBODY);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            delimiter = ';',
            value = {
                "1.34; rebuild; \"H4s\"; 1.35",
                "1.55; active; {\"user_data\": \"x\"}; 1.56",
                "1.58; active; {\"vendor_data\": {}}; 1.59"
            })
    void refuses_a_form_of_config_drive_that_came_later(String version, String verb, String drive, String since) {
        String body = "{\"target\": \"" + verb + "\", \"configdrive\": " + drive + "}";
        Served.Answer early = provision(version, body);

        assertThat(early.status()).isEqualTo(400);
        assertThat(early.sentence()).contains("configdrive", since);
        verifyNoInteractions(conductor);
        assertThat(provision(since, body).status()).isEqualTo(202);
    }

    private Served.Answer provision(String version, String body) {
        return rest.send(rest.request("/v1/nodes/n1/states/provision")
                .header("X-OpenStack-Ironic-API-Version", version)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"******\"", "7", "[]"})
    void refuses_what_is_no_config_drive(String value) {
        Served.Answer answer =
                rest.put("/v1/nodes/n1/states/provision", "{\"target\": \"active\", \"configdrive\": " + value + "}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).contains("configdrive");
        verifyNoInteractions(conductor);
    }

    @Test
    void refuses_what_it_would_have_to_pass_over() {
        Served.Answer answer =
                rest.put("/v1/nodes/n1/states/provision", "{\"target\": \"active\", \"clean_steps\": \"H4s\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).contains("clean_steps").doesNotContain("H4s");
        verifyNoInteractions(conductor);
    }

    @Test
    void takes_a_node_out_of_service_and_back() {
        assertThat(rest.put("/v1/nodes/n1/maintenance", "{\"reason\": \"fan\"}").status())
                .isEqualTo(202);
        assertThat(rest.send(rest.request("/v1/nodes/n2/maintenance").PUT(HttpRequest.BodyPublishers.noBody()))
                        .status())
                .isEqualTo(202);
        assertThat(rest.delete("/v1/nodes/n1/maintenance").status()).isEqualTo(202);

        verify(conductor).maintenance("n1", Maintenance.because(Optional.of("fan")), Requester.NOBODY);
        verify(conductor).maintenance("n2", Maintenance.because(Optional.empty()), Requester.NOBODY);
        verify(conductor).maintenance("n1", Maintenance.NONE, Requester.NOBODY);
    }

    @Test
    void shows_what_a_server_boots_from() {
        when(conductor.bootDevice("n1"))
                .thenReturn(new BootChoice(Optional.of(BootDevice.CDROM), Optional.of(false)))
                .thenReturn(new BootChoice(Optional.empty(), Optional.empty()));
        when(conductor.supportedBootDevices("n1")).thenReturn(List.of(BootDevice.PXE, BootDevice.DISK));

        assertThat(rest.get("/v1/nodes/n1/management/boot_device").body())
                .isEqualTo("{\"boot_device\":\"cdrom\",\"persistent\":false}");
        assertThat(rest.get("/v1/nodes/n1/management/boot_device").body())
                .isEqualTo("{\"boot_device\":null,\"persistent\":null}");
        assertThat(rest.get("/v1/nodes/n1/management/boot_device/supported").body())
                .isEqualTo("{\"supported_boot_devices\":[\"pxe\",\"disk\"]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"boot_device\": \"disk\"}                          | false",
                "{\"boot_device\": \"disk\", \"persistent\": true}    | true",
                "{\"boot_device\": \"disk\", \"persistent\": \"True\"} | true"
            })
    void sets_what_a_server_boots_from(String body, boolean persistent) {
        assertThat(rest.put("/v1/nodes/n1/management/boot_device", body).status())
                .isEqualTo(204);
        verify(conductor).setBootDevice("n1", BootDevice.DISK, persistent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"boot_device\": \"floppy\"}",
                "{\"boot_device\": \"disk\", \"persistent\": \"maybe\"}",
                "{\"boot_device\": \"disk\", \"x\": 1}"
            })
    void refuses_a_boot_device_that_is_none(String body) {
        assertThat(rest.put("/v1/nodes/n1/management/boot_device", body).status())
                .isEqualTo(400);
        verifyNoInteractions(conductor);
    }

    @Test
    void lists_the_methods_of_the_driver() {
        when(conductor.vendorMethods("n1"))
                .thenReturn(List.of(
                        new VendorMethod(
                                "pass_deploy_info",
                                "For the ramdisk",
                                Set.of("POST"),
                                VendorMethod.Mode.CONTINUES_DEPLOY),
                        new VendorMethod("ping", "Pongs", Set.of("POST", "GET"), VendorMethod.Mode.SYNC)));

        JsonNode methods = rest.get("/v1/nodes/n1/vendor_passthru/methods").json();

        assertThat(methods.at("/pass_deploy_info/async").booleanValue()).isTrue();
        assertThat(methods.at("/pass_deploy_info/http_methods/0").textValue()).isEqualTo("POST");
        assertThat(methods.at("/ping/async").booleanValue()).isFalse();
        assertThat(methods.at("/ping/http_methods")).hasSize(2);
        assertThat(methods.at("/ping/description").textValue()).isEqualTo("Pongs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/nodes/n1/vendor_passthru/pass_deploy_info",
                "/v1/nodes/n1/vendor_passthru?method=pass_deploy_info"
            })
    void takes_the_call_of_the_ramdisk_with_200_and_no_body(String path) {
        when(conductor.vendorCall(any(), any(), any()))
                .thenReturn(new VendorReply(VendorMethod.Mode.CONTINUES_DEPLOY, Map.of("secret", "x")));

        Served.Answer answer =
                rest.post(path, "{\"address\": \"10.0.0.9\", \"key\": \"K\", \"iqn\": \"iqn-1\", \"error\": \"\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        verify(conductor)
                .vendorCall(
                        "n1",
                        "POST",
                        new VendorCall(
                                "pass_deploy_info",
                                Map.of("address", "10.0.0.9", "key", "K", "iqn", "iqn-1", "error", "")));
    }

    @Test
    void answers_a_call_of_the_ramdisk_that_is_not_right_with_400_and_the_reason() {
        when(conductor.vendorCall(any(), any(), any()))
                .thenThrow(new InvalidRequest(FaultCode.INVALID_PARAMETER_VALUE, "Deploy key does not match", ""));

        Served.Answer answer = rest.post("/v1/nodes/n1/vendor_passthru/pass_deploy_info", "{\"key\": \"wrong1\"}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.sentence()).isEqualTo("Deploy key does not match").doesNotContain("wrong1");
    }

    @Test
    void waits_for_the_answer_of_a_method_and_masks_it() {
        when(conductor.vendorCall(eq("n1"), any(), any()))
                .thenReturn(new VendorReply(VendorMethod.Mode.SYNC, Map.of("pong", 1, "password", "hunter2")));

        for (Served.Answer answer : List.of(
                rest.get("/v1/nodes/n1/vendor_passthru/ping"),
                rest.put("/v1/nodes/n1/vendor_passthru/ping", "{\"a\": 1}"),
                rest.patch("/v1/nodes/n1/vendor_passthru/ping", "{}"),
                rest.delete("/v1/nodes/n1/vendor_passthru/ping"))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.json().get("pong").intValue()).isOne();
            assertThat(answer.body()).doesNotContain("hunter2");
        }
        verify(conductor).vendorCall("n1", "GET", new VendorCall("ping", Map.of()));
        verify(conductor).vendorCall("n1", "PUT", new VendorCall("ping", Map.of("a", 1)));
        verify(conductor).vendorCall("n1", "PATCH", new VendorCall("ping", Map.of()));
        verify(conductor).vendorCall("n1", "DELETE", new VendorCall("ping", Map.of()));
    }

    @Test
    void sends_the_caller_of_an_asynchronous_method_away() {
        when(conductor.vendorCall(any(), any(), any())).thenReturn(new VendorReply(VendorMethod.Mode.ASYNC, Map.of()));

        Served.Answer answer = rest.post("/v1/nodes/n1/vendor_passthru/blink", "");

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void wants_to_know_which_method() {
        assertThat(rest.post("/v1/nodes/n1/vendor_passthru", "{}").sentence()).contains("'method' is missing");
    }

    @Test
    void tells_what_happened_to_a_node() {
        when(conductor.node("n1")).thenReturn(Samples.node());
        when(conductor.history(Samples.NODE.toString()))
                .thenReturn(List.of(
                        entry("deploy", "began"),
                        entry("deploy", "GET http://u:pw@h/x?sig=f00d failed"),
                        entry("cleanup", "ejected")));

        JsonNode first = rest.get("/v1/nodes/n1/history?limit=2").json();
        JsonNode second = rest.get(first.get("next")
                        .textValue()
                        .substring(rest.uri("").toString().length()))
                .json();
        String uuid = first.at("/history/0/uuid").textValue();

        assertThat(first.get("history")).hasSize(2);
        assertThat(first.at("/history/0/event").textValue()).isEqualTo("began");
        assertThat(first.at("/history/0").has("event_type")).isFalse();
        assertThat(rest.get("/v1/nodes/n1/history?detail=true")
                        .json()
                        .at("/history/0/event_type")
                        .textValue())
                .isEqualTo("deploy");
        assertThat(first.at("/history/0/severity").textValue()).isEqualTo("INFO");
        assertThat(first.at("/history/0/created_at").textValue()).startsWith("2026-11-22T15:04:05");
        assertThat(first.toString()).doesNotContain("f00d", "u:pw");
        assertThat(second.get("history")).hasSize(1);
        assertThat(second.has("next")).isFalse();
        assertThat(rest.get("/v1/nodes/n1/history/" + uuid).json().get("event").textValue())
                .isEqualTo("began");
        assertThat(rest.get("/v1/nodes/n1/history/" + Samples.PORT).status()).isEqualTo(404);
        assertThat(rest.get("/v1/nodes/n1/history?marker=" + Samples.PORT).status())
                .isEqualTo(400);
    }

    @Test
    void lists_drivers_and_what_they_want_to_know() {
        Driver driver = mock(Driver.class);
        when(driver.name()).thenReturn("ilo");
        when(driver.properties()).thenReturn(List.of(DriverProperty.required("ilo_address", "Where the iLO is.")));
        when(driver.interfaces()).thenReturn(InterfaceNames.none());
        when(conductor.drivers()).thenReturn(List.of(driver));
        when(conductor.driver("ilo")).thenReturn(driver);
        when(conductor.driver("nosuch")).thenThrow(new NotFound(FaultCode.DRIVER_NOT_FOUND, "no driver nosuch", ""));

        assertThat(rest.get("/v1/drivers/?detail=false")
                        .json()
                        .at("/drivers/0/name")
                        .textValue())
                .isEqualTo("ilo");
        assertThat(rest.get("/v1/drivers/ilo").json().at("/properties/0/href").textValue())
                .endsWith("/v1/drivers/ilo/properties");
        assertThat(rest.get("/v1/drivers/ilo/properties").body())
                .isEqualTo("{\"ilo_address\":\"Where the iLO is. Required.\"}");
        assertThat(rest.get("/v1/drivers/ilo/vendor_passthru/methods").body()).isEqualTo("{}");
        assertThat(rest.get("/v1/drivers/nosuch").status()).isEqualTo(404);
    }

    private static HistoryEntry entry(String step, String message) {
        return new HistoryEntry(Samples.CREATED, step, message, HistoryEntry.Level.INFO);
    }
}

package io.ferric.conductor;

import static io.ferric.node.ProvisionState.ACTIVE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ferric.driver.Driver;
import io.ferric.driver.Drivers;
import io.ferric.driver.VendorCall;
import io.ferric.driver.VendorInterface;
import io.ferric.driver.VendorMethod;
import io.ferric.driver.fake.FakeDriver;
import io.ferric.driver.fake.FakeStep;
import io.ferric.node.Conflict;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.PowerAction;
import io.ferric.node.Unavailable;
import io.ferric.store.ReservationStore.Hold;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class VendorCallsTest {
    private static Rig rig;

    @BeforeAll
    static void start() {
        rig = new Rig();
    }

    @AfterEach
    void noPauses() {
        rig.pause = duration -> Thread.onSpinWait();
    }

    @AfterAll
    static void stop() {
        rig.close();
    }

    private static VendorReply call(Node node, String http, String method, Map<String, Object> parameters) {
        return rig.conductor.vendorCall(node.uuid().toString(), http, new VendorCall(method, parameters));
    }

    private static Map<String, Object> ramdisk(Node node) {
        return new LinkedHashMap<>(
                Map.of("key", "fake-" + node.uuid(), "address", "127.0.0.1", "iqn", "iqn.2008-10.org.openstack:x"));
    }

    private static void refused(Node node, Map<String, Object> parameters, String words) {
        Node before = rig.now(node);
        assertThatThrownBy(() -> call(node, "POST", "pass_deploy_info", parameters))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining(words);
        assertThat(rig.now(node)).isEqualTo(before);
    }

    private static void code(ThrowingCallable call, String code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidRequest.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void names_the_methods_of_the_driver() {
        assertThat(rig.conductor.vendorMethods(rig.enrol(Map.of()).uuid().toString()))
                .extracting(VendorMethod::name)
                .contains("pass_deploy_info", "echo", "work");
    }

    @Test
    void refuses_an_unknown_method_in_ironics_words_and_a_wrong_http_method() {
        Node node = rig.enrol(Map.of());
        assertThatThrownBy(() -> call(node, "POST", "pass_deploy_inf", Map.of()))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage("Unsupported method (pass_deploy_inf) passed to the driver.");
        code(() -> call(node, "GET", "pass_deploy_info", Map.of()), FaultCode.INVALID_PARAMETER_VALUE);
    }

    @Test
    void the_driver_words_the_refusal_and_one_without_methods_says_so() {
        Node node = rig.enrol(Map.of());
        VendorInterface ilo = mock(VendorInterface.class);
        when(ilo.unsupported("fly")).thenReturn(new InvalidRequest("C", "passed to iLO driver.", ""));
        assertThatThrownBy(() -> callsOf(Optional.of(ilo)).call(node.uuid().toString(), "POST", fly()))
                .hasMessage("passed to iLO driver.");
        code(
                () -> callsOf(Optional.empty()).call(node.uuid().toString(), "POST", fly()),
                FaultCode.UNSUPPORTED_DRIVER_EXTENSION);
        assertThat(callsOf(Optional.empty()).methods(node.uuid().toString())).isEmpty();
    }

    private static VendorCall fly() {
        return new VendorCall("fly", Map.of());
    }

    private static VendorCalls callsOf(Optional<VendorInterface> vendor) {
        Driver driver = mock(Driver.class);
        when(driver.name()).thenReturn(FakeDriver.NAME);
        when(driver.vendor()).thenReturn(vendor);
        Context context = new Context(rig.config, rig.database, Drivers.of(List.of(driver)), null, rig.clock, null);
        return new VendorCalls(
                context, new NodeRegistry(context, new Reservations(context)), new Reservations(context), null, null);
    }

    @Test
    void answers_at_once_or_works_later() {
        Node node = rig.enrol(Map.of());
        VendorReply echo = call(node, "get", "echo", Map.of("a", 1));
        assertThat(echo).isEqualTo(new VendorReply(VendorMethod.Mode.SYNC, Map.of("a", 1)));
        assertThat(call(node, "POST", "work", Map.of()).mode()).isEqualTo(VendorMethod.Mode.ASYNC);
        rig.settles(node);
        assertThat(rig.hardware.calls(node.uuid())).contains("vendor work");
    }

    @Test
    void tells_in_last_error_when_later_work_failed() {
        Node node = rig.enrol(Map.of("fake_fail", "vendor"));
        call(node, "POST", "work", Map.of());
        assertThat(rig.settles(node).status().lastError().orElseThrow()).startsWith("The method work failed. Error: ");
    }

    @Test
    void a_callback_with_a_wrong_key_or_none_or_missing_values_changes_nothing() {
        Node node = rig.waiting();
        Map<String, Object> wrong = ramdisk(node);
        wrong.put("key", "x");
        refused(node, wrong, "Deploy key does not match");
        wrong.remove("key");
        refused(node, wrong, "Deploy key does not match");
        Map<String, Object> few = ramdisk(node);
        few.remove("address");
        few.remove("iqn");
        assertThatThrownBy(() -> call(node, "POST", "pass_deploy_info", few))
                .isInstanceOfSatisfying(InvalidRequest.class, e -> {
                    assertThat(e.code()).isEqualTo(FaultCode.MISSING_PARAMETER_VALUE);
                    assertThat(e.getMessage()).contains("address", "iqn");
                });
        call(node, "POST", "pass_deploy_info", ramdisk(node));
        rig.reaches(node, ACTIVE);
    }

    @Test
    void a_callback_without_key_on_a_node_without_one_is_refused() {
        Node node = rig.enrol(Map.of());
        Map<String, Object> call = ramdisk(node);
        call.remove("key");
        refused(node, call, "Deploy key does not match");
    }

    @Test
    void a_callback_is_taken_once() {
        Node node = rig.waiting();
        call(node, "POST", "pass_deploy_info", ramdisk(node));
        rig.reaches(node, ACTIVE);
        refused(node, ramdisk(node), "Deploy key does not match");
    }

    @Test
    void a_callback_with_the_right_key_in_another_state_is_refused() {
        Node node = rig.active(Map.of());
        rig.conductor.updateNode(
                node.uuid().toString(), spec -> spec.withInstanceInfo(Map.of("deploy_key", "fake-" + node.uuid())));
        Node before = rig.now(node);
        code(() -> call(node, "POST", "pass_deploy_info", ramdisk(node)), FaultCode.INVALID_STATE_REQUESTED);
        assertThat(rig.now(node)).isEqualTo(before);
        assertThat(rig.steps(node))
                .anyMatch(step -> step.contains("Refused a call: ") && step.contains("does not wait"));
    }

    @Test
    void a_second_callback_while_the_first_is_worked_on_is_locked_out() {
        Node node = rig.waiting();
        CountDownLatch go = new CountDownLatch(1);
        rig.hardware.on(node.uuid(), FakeStep.RESUME, task -> {
            try {
                go.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        call(node, "POST", "pass_deploy_info", ramdisk(node));
        assertThatThrownBy(() -> call(node, "POST", "pass_deploy_info", ramdisk(node)))
                .isInstanceOfSatisfying(
                        Conflict.class, e -> assertThat(e.code()).isEqualTo(FaultCode.NODE_LOCKED));
        assertThat(rig.steps(node))
                .anyMatch(step -> step.contains("Refused a call: ") && step.contains("is locked by"));
        go.countDown();
        rig.reaches(node, ACTIVE);
    }

    @Test
    void a_callback_waits_for_a_node_that_is_held_for_a_moment() {
        Node node = rig.waiting();
        Hold hold = rig.hold(node, "other");
        AtomicInteger pauses = new AtomicInteger();
        rig.pause = duration -> {
            if (pauses.incrementAndGet() == 30) {
                rig.database.reservations().release(hold);
            }
        };
        call(node, "POST", "pass_deploy_info", ramdisk(node));
        rig.reaches(node, ACTIVE);
        assertThat(pauses).hasValue(30);
    }

    @Test
    void a_call_with_a_wrong_key_keeps_no_thread_waiting() {
        Node node = rig.waiting();
        Hold hold = rig.hold(node, "other");
        rig.pause = duration -> {
            throw new AssertionError("waited");
        };
        Map<String, Object> wrong = ramdisk(node);
        wrong.put("key", "x");
        refused(node, wrong, "Deploy key does not match");
        rig.database.reservations().release(hold);
    }

    @Test
    void a_callback_is_taken_while_all_workers_are_busy() {
        try (Rig small = new Rig(Rig.config(1, Duration.ofMinutes(30), true))) {
            Node node = small.waiting();
            Node busy = small.enrol(Map.of());
            CountDownLatch go = new CountDownLatch(1);
            small.hardware.on(busy.uuid(), FakeStep.POWER_SET, task -> {
                try {
                    go.await(60, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            // the worker of the first visit is free a moment after the node is
            await().atMost(Rig.SOON).ignoreException(Unavailable.class).until(() -> {
                small.conductor.power(busy.uuid().toString(), PowerAction.ON);
                return true;
            });
            small.conductor.vendorCall(
                    node.uuid().toString(), "POST", new VendorCall("pass_deploy_info", ramdisk(node)));
            go.countDown();
            small.reaches(node, ACTIVE);
        }
    }

    @Test
    void the_accepted_call_outlives_the_process() {
        Visit visit =
                Visit.resuming(UUID.randomUUID(), Visit.Kind.RESUME, new VendorCall("m", Map.of("iqn", "i", "lun", 1)));
        JsonSerializer json = new JsonSerializer();
        assertThat(json.deserialize(Visit.class, json.serialize(visit))).isEqualTo(visit);
        assertThat(visit.call().orElseThrow().parameters()).containsEntry("lun", 1);
    }
}

package io.ferric.conductor;

import static io.ferric.node.ProvisionState.ACTIVE;
import static io.ferric.node.ProvisionState.DEPLOY_FAILED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.driver.fake.FakeDriver;
import io.ferric.driver.fake.FakeStep;
import io.ferric.node.AccessDenied;
import io.ferric.node.Conflict;
import io.ferric.node.EntryQuery;
import io.ferric.node.FaultCode;
import io.ferric.node.Guard;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.NodeFilter;
import io.ferric.node.NodeSpec;
import io.ferric.node.NotFound;
import io.ferric.node.Placement;
import io.ferric.node.Port;
import io.ferric.node.PowerAction;
import io.ferric.node.ProvisionState;
import io.ferric.node.SortKey;
import io.ferric.node.Tenancy;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NodeRegistryTest {
    private final Rig rig = new Rig();
    private final Conductor conductor = rig.conductor;

    @AfterEach
    void stop() {
        rig.close();
    }

    private static void refused(ThrowingCallable call, Class<? extends NodeFault> type, String code) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(type, fault -> assertThat(fault.code()).isEqualTo(code));
    }

    private Node named(String name) {
        return conductor.createNode(
                UUID.randomUUID(), NodeSpec.ofDriver(FakeDriver.NAME).withName(name));
    }

    @Test
    void finds_a_node_by_uuid_and_by_name() {
        Node node = named("rack1-u7");
        assertThat(conductor.node("rack1-u7")).isEqualTo(node);
        assertThat(conductor.node(node.uuid().toString().toUpperCase(Locale.ROOT)))
                .isEqualTo(node);
        assertThat(node.provisionState()).isEqualTo(ProvisionState.ENROLL);
        refused(() -> conductor.node("rack1-u8"), NotFound.class, FaultCode.NODE_NOT_FOUND);
    }

    @Test
    void refuses_what_must_be_unique_or_known() {
        Node node = named("one");
        UUID instance = UUID.randomUUID();
        conductor.updateNode("one", spec -> spec.withInstanceUuid(Optional.of(instance)));
        NodeSpec spec = NodeSpec.ofDriver(FakeDriver.NAME);
        refused(() -> named("one"), Conflict.class, FaultCode.DUPLICATE_NAME);
        refused(() -> conductor.createNode(node.uuid(), spec), Conflict.class, FaultCode.NODE_ALREADY_EXISTS);
        refused(
                () -> conductor.createNode(UUID.randomUUID(), spec.withInstanceUuid(Optional.of(instance))),
                Conflict.class,
                FaultCode.INSTANCE_ASSOCIATED);
        refused(
                () -> conductor.createNode(UUID.randomUUID(), NodeSpec.ofDriver("ghost")),
                InvalidRequest.class,
                FaultCode.DRIVER_NOT_FOUND);
        refused(() -> named("not a name"), InvalidRequest.class, FaultCode.INVALID_PARAMETER_VALUE);
        refused(() -> named(UUID.randomUUID().toString()), InvalidRequest.class, FaultCode.INVALID_PARAMETER_VALUE);
    }

    @Test
    void an_instance_must_leave_before_another_comes() {
        Node node = named("one");
        conductor.updateNode("one", spec -> spec.withInstanceUuid(Optional.of(UUID.randomUUID())));
        refused(
                () -> conductor.updateNode("one", spec -> spec.withInstanceUuid(Optional.of(UUID.randomUUID()))),
                Conflict.class,
                FaultCode.NODE_ASSOCIATED);
        refused(() -> conductor.deleteNode("one"), Conflict.class, FaultCode.NODE_ASSOCIATED);
        conductor.updateNode("one", spec -> spec.withInstanceUuid(Optional.empty()));
        conductor.deleteNode("one");
        refused(() -> conductor.node(node.uuid().toString()), NotFound.class, FaultCode.NODE_NOT_FOUND);
    }

    @Test
    void a_node_on_its_way_is_neither_updated_nor_deleted() {
        Node node = rig.waiting();
        String id = node.uuid().toString();
        refused(() -> conductor.updateNode(id, spec -> spec), Conflict.class, FaultCode.INVALID_STATE);
        refused(() -> conductor.deleteNode(id), Conflict.class, FaultCode.INVALID_STATE);
        rig.provision(node, "abort");
        rig.reaches(node, DEPLOY_FAILED);
        conductor.updateNode(id, spec -> spec.withProperties(Map.of("cpus", 4)));
        assertThat(conductor.node(id).spec().properties()).containsEntry("cpus", 4);
    }

    @Test
    void a_node_that_changes_its_power_is_not_updated() {
        Node node = rig.enrol(Map.of());
        rig.database.nodes().savePower(node.uuid(), Optional.empty(), Optional.of(PowerAction.ON));
        refused(
                () -> conductor.updateNode(node.uuid().toString(), spec -> spec),
                Conflict.class,
                FaultCode.INVALID_STATE);
    }

    @Test
    void deletes_by_state_and_anything_in_maintenance() {
        Node available = rig.available(Map.of());
        conductor.deleteNode(available.uuid().toString());
        Node active = rig.active(Map.of());
        String id = active.uuid().toString();
        conductor.ports().create(new Port(UUID.randomUUID(), active.uuid(), "52:54:00:00:00:01", Map.of()));
        refused(() -> conductor.deleteNode(id), Conflict.class, FaultCode.INVALID_STATE);
        conductor.maintenance(id, Maintenance.because(Optional.empty()));
        conductor.deleteNode(id);
        assertThat(conductor.ports().list(EntryQuery.all())).isEmpty();
        refused(() -> conductor.deleteNode(id), NotFound.class, FaultCode.NODE_NOT_FOUND);
    }

    @Test
    void a_protected_node_stays_even_in_maintenance() {
        String id = rig.active(Map.of()).uuid().toString();
        Guard guard = new Guard(true, Optional.of("mine"), false, Optional.empty(), Optional.empty());
        conductor.updateNode(id, spec -> spec.withDetails(spec.details().withGuard(guard)));
        conductor.maintenance(id, Maintenance.because(Optional.empty()));

        refused(() -> conductor.deleteNode(id), AccessDenied.class, FaultCode.NODE_PROTECTED);
        assertThat(conductor.node(id).provisionState()).isEqualTo(ProvisionState.ACTIVE);
    }

    @Test
    void a_parent_stays_while_it_has_children() {
        Node parent = rig.available(Map.of());
        Node child = rig.available(Map.of());
        String id = parent.uuid().toString();
        Placement inside = new Placement(Optional.empty(), "", Optional.empty(), Optional.of(parent.uuid()));
        conductor.updateNode(
                child.uuid().toString(), spec -> spec.withDetails(spec.details().withPlacement(inside)));

        refused(() -> conductor.deleteNode(id), Conflict.class, FaultCode.INVALID_STATE);
        conductor.deleteNode(child.uuid().toString());
        conductor.deleteNode(id);
    }

    @Test
    void a_child_whose_parent_is_gone_can_still_be_changed() {
        Node parent = named("parent");
        Node child = named("child");
        conductor.updateNode("child", spec -> inside(spec, parent.uuid()));
        rig.database.nodes().delete(parent.uuid());

        conductor.updateNode("child", spec -> spec.withProperties(Map.of("cpus", 4)));
        assertThat(rig.now(child).spec().properties()).containsEntry("cpus", 4);
        refused(
                () -> conductor.updateNode("child", spec -> inside(spec, UUID.randomUUID())),
                InvalidRequest.class,
                FaultCode.INVALID_PARAMETER_VALUE);
    }

    private static NodeSpec inside(NodeSpec spec, UUID parent) {
        Placement inside = new Placement(Optional.empty(), "", Optional.empty(), Optional.of(parent));
        return spec.withDetails(spec.details().withPlacement(inside));
    }

    @Test
    void the_answer_to_an_update_does_not_show_the_hold_of_the_update() {
        named("one");
        assertThat(conductor.updateNode("one", spec -> spec).reservation()).isEmpty();
    }

    @Test
    void a_node_being_verified_is_updated_as_soon_as_it_is_free() {
        Node node = rig.enrol(Map.of());
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch seen = new CountDownLatch(1);
        rig.hardware.on(node.uuid(), FakeStep.POWER_STATE, task -> {
            busy.countDown();
            within(seen);
        });
        rig.provision(node, "manage");
        within(busy);
        assertThat(rig.now(node).provisionState()).isEqualTo(ProvisionState.VERIFYING);
        rig.pause = duration -> {
            seen.countDown();
            rig.settles(node);
        };
        conductor.updateNode(node.uuid().toString(), spec -> spec.withProperties(Map.of("cpus", 4)));
        assertThat(rig.reaches(node, ProvisionState.MANAGEABLE).spec().properties())
                .containsEntry("cpus", 4);
    }

    private static void within(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void a_node_whose_adoption_failed_is_deleted() {
        Node node = rig.enrol(Map.of("fake_fail", "validate"));
        ProvisionState failed = ProvisionState.ADOPT_FAILED;
        assertThat(rig.database
                        .nodes()
                        .move(node.uuid(), node.provisionState(), node.status().in(failed)))
                .isTrue();
        conductor.deleteNode(node.uuid().toString());
        refused(() -> conductor.node(node.uuid().toString()), NotFound.class, FaultCode.NODE_NOT_FOUND);
    }

    @Test
    void a_node_that_somebody_was_given_is_not_given_to_another_owner() {
        Node node = rig.active(Map.of());
        String id = node.uuid().toString();
        conductor.updateNode(id, spec -> owned(spec, "p-one"));
        conductor
                .allocations()
                .create(
                        new AllocationRequest(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Set.of(),
                                List.of(),
                                Optional.of("p-one"),
                                Map.of(),
                                Optional.of(id)),
                        UUID::randomUUID);

        refused(
                () -> conductor.updateNode(id, spec -> owned(spec, "p-two")),
                Conflict.class,
                FaultCode.NODE_ASSOCIATED);
    }

    private static NodeSpec owned(NodeSpec spec, String project) {
        return spec.withDetails(spec.details().withTenancy(new Tenancy(Optional.of(project), Optional.empty())));
    }

    @Test
    void a_node_deleted_in_maintenance_gives_back_what_its_deploy_used() {
        CountedObjects shared = new CountedObjects(rig.database, "rig", rig.clock, duration -> {});
        Node cleaned = rig.active(Map.of());
        Node stubborn = rig.active(Map.of("fake_fail", "clean_up"));
        shared.acquire("iso", cleaned.uuid(), () -> {});
        shared.acquire("iso", stubborn.uuid(), () -> {});
        rig.hardware.on(
                cleaned.uuid(),
                FakeStep.CLEAN_UP,
                task -> shared.release("iso", task.node().uuid(), () -> {}));
        for (Node node : List.of(cleaned, stubborn)) {
            conductor.maintenance(node.uuid().toString(), Maintenance.because(Optional.empty()));
            conductor.deleteNode(node.uuid().toString());
            assertThat(rig.hardware.calls(node.uuid())).contains("clean_up");
        }
        assertThat(shared.users("iso")).isZero();
        Node enrolled = named("nothing-on-it");
        conductor.deleteNode("nothing-on-it");
        assertThat(rig.hardware.calls(enrolled.uuid())).isEmpty();
    }

    @Test
    void lists_by_condition_order_and_marker() {
        Node b = named("b");
        rig.clock.forward(Duration.ofSeconds(1));
        Node a = named("a");
        rig.clock.forward(Duration.ofSeconds(1));
        Node unnamed = rig.active(Map.of());
        assertThat(conductor.nodes(NodeQuery.all()))
                .extracting(Node::uuid)
                .containsExactly(b.uuid(), a.uuid(), unnamed.uuid());
        assertThat(conductor.nodes(query(SortKey.NAME, Optional.empty(), 2)))
                .extracting(Node::uuid)
                .containsExactly(a.uuid(), b.uuid());
        assertThat(conductor.nodes(query(SortKey.NAME, Optional.of(a.uuid()), 5)))
                .extracting(Node::uuid)
                .containsExactly(b.uuid(), unnamed.uuid());
        assertThat(conductor.nodes(NodeQuery.all().where(NodeFilter.PROVISION_STATE, ACTIVE)))
                .extracting(Node::uuid)
                .containsExactly(unnamed.uuid());
        refused(
                () -> conductor.nodes(query(SortKey.UUID, Optional.of(UUID.randomUUID()), 5)),
                NotFound.class,
                FaultCode.NODE_NOT_FOUND);
    }

    private static NodeQuery query(SortKey key, Optional<UUID> marker, int limit) {
        NodeQuery query = NodeQuery.all().limit(limit).sortedBy(key, false);
        return marker.map(query::after).orElse(query);
    }

    @Test
    void ports_belong_to_a_node_and_have_an_address_of_their_own() {
        Node node = named("one");
        Registry<Port> ports = conductor.ports();
        Port port =
                ports.create(new Port(UUID.randomUUID(), node.uuid(), "52-54-00-00-00-0A", Map.of("vif_port_id", "x")));
        assertThat(ports.get("52:54:00:00:00:0a")).isEqualTo(port);
        assertThat(ports.list(EntryQuery.ofNode(node.uuid()))).containsExactly(port);
        refused(
                () -> ports.create(new Port(UUID.randomUUID(), node.uuid(), "52:54:00:00:00:0a", Map.of())),
                Conflict.class,
                FaultCode.MAC_ALREADY_EXISTS);
        refused(
                () -> ports.create(new Port(UUID.randomUUID(), UUID.randomUUID(), "52:54:00:00:00:0e", Map.of())),
                InvalidRequest.class,
                FaultCode.NODE_NOT_FOUND);
        Port other = ports.create(new Port(UUID.randomUUID(), node.uuid(), "52:54:00:00:00:0b", Map.of()));
        String id = other.uuid().toString();
        assertThat(ports.list(EntryQuery.ofNode(node.uuid()).after(port.uuid()).limit(10)))
                .containsExactly(other);
        refused(
                () -> ports.update(id, old -> new Port(old.uuid(), old.nodeUuid(), port.address(), Map.of())),
                Conflict.class,
                FaultCode.MAC_ALREADY_EXISTS);
        refused(
                () -> ports.update(id, old -> new Port(old.uuid(), UUID.randomUUID(), old.address(), Map.of())),
                InvalidRequest.class,
                FaultCode.INVALID_PARAMETER_VALUE);
        ports.delete(id);
        refused(() -> ports.get(id), NotFound.class, FaultCode.PORT_NOT_FOUND);
        assertThat(List.of(node.uuid())).contains(port.nodeUuid());
    }
}

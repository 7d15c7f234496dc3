package io.ferric.conductor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.ferric.node.Allocation;
import io.ferric.node.Allocation.State;
import io.ferric.node.Chassis;
import io.ferric.node.Conflict;
import io.ferric.node.EntryQuery;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.NodeSpec;
import io.ferric.node.NotFound;
import io.ferric.node.ProvisionState;
import io.ferric.node.Tenancy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AllocationsTest {
    private final Rig rig = new Rig(Rig.config(100, Duration.ofMinutes(30), true));

    @AfterEach
    void stop() {
        rig.close();
    }

    private static AllocationRequest wants(String resourceClass) {
        return new AllocationRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.of(resourceClass),
                Set.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    private static AllocationRequest of(Set<String> traits, List<String> candidates, Optional<String> owner) {
        AllocationRequest any = wants("bm");
        return new AllocationRequest(
                any.uuid(), any.name(), any.resourceClass(), traits, candidates, owner, any.extra(), any.node());
    }

    private static AllocationRequest takes(Node node) {
        return new AllocationRequest(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.of(node.uuid().toString()));
    }

    private Node free(UnaryOperator<NodeSpec> how) {
        return prepared(rig.available(Map.of()), how);
    }

    private Node prepared(Node node, UnaryOperator<NodeSpec> how) {
        return rig.conductor.updateNode(node.uuid().toString(), spec -> how.apply(ofClass(spec)));
    }

    private static NodeSpec ofClass(NodeSpec spec) {
        return new NodeSpec(
                spec.name(),
                spec.driver(),
                spec.driverInfo(),
                spec.instanceInfo(),
                spec.properties(),
                spec.extra(),
                spec.instanceUuid(),
                Optional.of("bm"),
                spec.details());
    }

    private static UnaryOperator<NodeSpec> withTraits(String... traits) {
        return spec -> spec.withDetails(spec.details().withTraits(Set.of(traits)));
    }

    private Allocation settled(AllocationRequest request) {
        return settled(
                rig.conductor.allocations().create(request, UUID::randomUUID).uuid());
    }

    private Allocation settled(UUID allocation) {
        await().atMost(Rig.SOON)
                .until(() ->
                        rig.conductor.allocations().get(allocation.toString()).state() != State.ALLOCATING);
        return rig.conductor.allocations().get(allocation.toString());
    }

    @Test
    void gives_a_free_node_of_the_class_with_all_traits() {
        free(UnaryOperator.identity());
        free(withTraits("CUSTOM_A"));
        Node both = free(withTraits("CUSTOM_A", "CUSTOM_B", "CUSTOM_C"));

        Allocation allocation = settled(of(Set.of("CUSTOM_A", "CUSTOM_B"), List.of(), Optional.empty()));

        assertThat(allocation.state()).isEqualTo(State.ACTIVE);
        assertThat(allocation.node()).contains(both.uuid());
        Node given = rig.now(both);
        assertThat(given.allocation()).contains(allocation.uuid());
        assertThat(given.spec().instanceUuid()).contains(allocation.uuid());
        assertThat(given.instanceInfo().values()).containsEntry("traits", List.of("CUSTOM_A", "CUSTOM_B"));
        assertThat(given.reservation()).isEmpty();
        assertThat(rig.conductor.allocations().ofNode(both.uuid().toString()).uuid())
                .isEqualTo(allocation.uuid());
    }

    @Test
    void passes_over_nodes_in_maintenance_with_an_instance_or_not_available() {
        Node broken = free(UnaryOperator.identity());
        rig.conductor.maintenance(
                broken.uuid().toString(), new Maintenance(true, Optional.of("fan"), Optional.empty()));
        free(spec -> spec.withInstanceUuid(Optional.of(UUID.randomUUID())));
        prepared(rig.enrol(Map.of()), UnaryOperator.identity());

        Allocation allocation = settled(wants("bm"));

        assertThat(allocation.state()).isEqualTo(State.ERROR);
        assertThat(allocation.node()).isEmpty();
        assertThat(allocation.lastError()).hasValueSatisfying(error -> assertThat(error)
                .contains("no available nodes match the resource class bm"));
        assertThat(settled(wants("other")).state()).isEqualTo(State.ERROR);
    }

    @Test
    void chooses_among_candidates_and_for_a_project_only_its_nodes() {
        Node mine = free(
                spec -> spec.withDetails(spec.details().withTenancy(new Tenancy(Optional.of("p1"), Optional.empty()))));
        Node other = free(UnaryOperator.identity());

        assertThat(settled(of(Set.of(), List.of(other.uuid().toString()), Optional.of("p1")))
                        .lastError())
                .hasValueSatisfying(error -> assertThat(error).contains("none of the requested nodes"));
        assertThat(settled(of(Set.of(), List.of(), Optional.of("p1"))).node()).contains(mine.uuid());
        assertThat(settled(of(Set.of(), List.of(other.uuid().toString()), Optional.empty()))
                        .node())
                .contains(other.uuid());
        assertThatThrownBy(() -> settled(of(Set.of(), List.of("nosuch"), Optional.empty())))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("nosuch");
    }

    @Test
    void gives_no_node_twice_however_many_ask_at_once() throws Exception {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            nodes.add(free(UnaryOperator.identity()));
        }
        List<Callable<UUID>> asking = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            asking.add(() -> rig.conductor
                    .allocations()
                    .create(wants("bm"), UUID::randomUUID)
                    .uuid());
        }
        ExecutorService threads = Executors.newFixedThreadPool(12);
        List<Allocation> all = new ArrayList<>();
        for (Future<UUID> each : threads.invokeAll(asking)) {
            all.add(settled(each.get()));
        }
        threads.shutdown();

        List<Allocation> active =
                all.stream().filter(each -> each.state() == State.ACTIVE).toList();
        assertThat(active).extracting(each -> each.node().orElseThrow()).doesNotHaveDuplicates();
        assertThat(active).as("each node is given while there are any").hasSize(nodes.size());
        assertThat(active).allSatisfy(each -> assertThat(
                        rig.conductor.node(each.node().orElseThrow().toString()).allocation())
                .contains(each.uuid()));
    }

    @Test
    void takes_up_at_the_start_what_a_dead_conductor_left() {
        Node node = free(UnaryOperator.identity());
        Allocation left = new Allocation(
                UUID.randomUUID(),
                Optional.of("left"),
                State.ALLOCATING,
                Optional.empty(),
                new Allocation.Wanted(Optional.of("bm"), Set.of(), List.of(), Optional.empty()),
                Map.of(),
                Optional.empty(),
                rig.clock.instant(),
                Optional.empty());
        rig.database.allocations().insert(left);

        rig.restart(rig.config);

        assertThat(settled(left.uuid()).node()).contains(node.uuid());
    }

    @Test
    void frees_the_node_when_it_is_deleted_or_the_node_is_torn_down() {
        Node node = free(UnaryOperator.identity());
        Allocation first = settled(wants("bm"));
        rig.conductor.allocations().delete(first.uuid().toString());
        assertThat(rig.now(node).spec().instanceUuid()).isEmpty();
        assertThat(rig.now(node).allocation()).isEmpty();

        Allocation second = settled(wants("bm"));
        rig.provision(node, "active");
        rig.reaches(node, ProvisionState.ACTIVE);
        assertThatThrownBy(
                        () -> rig.conductor.allocations().delete(second.uuid().toString()))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("active");
        rig.provision(node, "deleted");
        rig.reaches(node, ProvisionState.AVAILABLE);
        assertThat(rig.now(node).allocation()).isEmpty();
        assertThatThrownBy(() -> rig.conductor.allocations().get(second.uuid().toString()))
                .isInstanceOf(NotFound.class);
    }

    @Test
    void notes_an_active_node_as_allocated_and_refuses_any_other() {
        Node node = rig.active(Map.of());
        Allocation backfilled = rig.conductor.allocations().create(takes(node), UUID::randomUUID);
        assertThat(backfilled.state()).isEqualTo(State.ACTIVE);
        assertThat(backfilled.node()).contains(node.uuid());

        Node idle = free(UnaryOperator.identity());
        assertThatThrownBy(() -> rig.conductor.allocations().create(takes(idle), UUID::randomUUID))
                .isInstanceOf(Conflict.class)
                .hasMessageContaining("must be active");
        EntryQuery failed = EntryQuery.all().where("state", State.ERROR.wireName());
        assertThat(rig.conductor.allocations().list(failed)).hasSize(1);
    }

    @Test
    void lists_page_by_page_in_the_order_that_is_asked_for() {
        List<UUID> byName = Stream.of("b", "c", "a")
                .map(name -> settled(named(name)))
                .sorted(Comparator.comparing(each -> each.name().orElseThrow()))
                .map(Allocation::uuid)
                .toList();
        UUID nameless = settled(wants("none-of-these")).uuid();

        EntryQuery first = EntryQuery.all().sortedBy("name", false).limit(2);
        assertThat(uuids(first)).isEqualTo(byName.subList(0, 2));
        assertThat(uuids(first.after(byName.get(1)))).containsExactly(byName.get(2), nameless);
        assertThat(uuids(EntryQuery.all().sortedBy("name", true).limit(2)))
                .containsExactly(byName.get(2), byName.get(1));
        assertThatThrownBy(() -> uuids(EntryQuery.all().sortedBy("traits", false)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("'traits'");
    }

    private List<UUID> uuids(EntryQuery query) {
        return rig.conductor.allocations().list(query).stream()
                .map(Allocation::uuid)
                .toList();
    }

    private static AllocationRequest named(String name) {
        return new AllocationRequest(
                Optional.empty(),
                Optional.of(name),
                Optional.of("none-of-these"),
                Set.of(),
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    @Test
    void knows_itself_among_the_conductors() {
        assertThat(rig.conductor.conductors()).singleElement().satisfies(each -> {
            assertThat(each.host()).isEqualTo("rig");
            assertThat(each.alive()).isTrue();
            assertThat(each.drivers()).contains("fake-hardware");
        });
        rig.clock.forward(Duration.ofMinutes(2));
        assertThat(rig.conductor.conductors()).noneMatch(ConductorInfo::alive);
    }

    @Test
    void deleted_while_it_is_made_it_leaves_its_node_free() throws Exception {
        List<Node> nodes = List.of(free(spec -> spec), free(spec -> spec));
        atOnce(40, i -> {
            Allocation made = rig.conductor.allocations().create(wants("bm"), UUID::randomUUID);
            await().atMost(Rig.SOON)
                    .pollDelay(Duration.ZERO)
                    .ignoreException(Conflict.class)
                    .until(() -> {
                        rig.conductor.allocations().delete(made.uuid().toString());
                        return true;
                    });
            return made;
        });
        await().atMost(Rig.SOON).untilAsserted(() -> assertThat(nodes)
                .allSatisfy(
                        node -> assertThat(rig.now(node).spec().instanceUuid()).isEmpty())
                .allSatisfy(node -> assertThat(rig.now(node).allocation()).isEmpty()));
    }

    @Test
    void no_change_is_lost_when_several_are_made_at_once() throws Exception {
        Allocation made = rig.conductor.allocations().create(wants("none-of-these"), UUID::randomUUID);
        String id = made.uuid().toString();
        UUID chassis = UUID.randomUUID();
        rig.conductor
                .chassis()
                .create(new Chassis(chassis, Optional.empty(), Map.of(), Optional.empty(), Optional.empty()));
        atOnce(40, i -> {
            rig.conductor.allocations().update(id, before -> before.with(before.name(), plus(before.extra(), i)));
            return rig.conductor
                    .chassis()
                    .update(
                            chassis.toString(),
                            before -> new Chassis(
                                    before.uuid(),
                                    before.description(),
                                    plus(before.extra(), i),
                                    before.createdAt(),
                                    before.updatedAt()));
        });
        assertThat(rig.conductor.allocations().get(id).extra()).hasSize(40);
        assertThat(rig.conductor.chassis().get(chassis.toString()).extra()).hasSize(40);
    }

    private static Map<String, Object> plus(Map<String, Object> before, int i) {
        Map<String, Object> after = new HashMap<>(before);
        after.put("k" + i, i);
        return after;
    }

    private static void atOnce(int times, IntFunction<Object> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Object>> all = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                int number = i;
                all.add(() -> work.apply(number));
            }
            for (Future<Object> each : threads.invokeAll(all)) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}

package io.ferric.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.node.Conflict;
import io.ferric.node.EntryQuery;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Lifecycle;
import io.ferric.node.Lifecycle.Event;
import io.ferric.node.Maintenance;
import io.ferric.node.Node;
import io.ferric.node.NodeFilter;
import io.ferric.node.NodeSpec;
import io.ferric.node.NodeStatus;
import io.ferric.node.Observed;
import io.ferric.node.Port;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import io.ferric.node.SortKey;
import io.ferric.store.BmcActionStore;
import io.ferric.store.ConductorStore;
import io.ferric.store.Database;
import io.ferric.store.HistoryStore;
import io.ferric.store.NodeSelection;
import io.ferric.store.NodeStore;
import io.ferric.store.ReservationStore;
import io.ferric.store.ReservationStore.Hold;
import io.ferric.store.SharedObjectStore;
import io.ferric.store.StoreConfig;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the stores do on every database that Ferric knows. */
abstract class StoreContract {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123Z");
    private static final String HOST = "here";

    private StoreConfig config;
    private Database database;

    /** A database with nothing in it, which no other test uses. */
    abstract StoreConfig empty();

    @BeforeEach
    void begin() {
        config = empty();
        open();
    }

    private void open() {
        database = Database.open(config, Clock.fixed(NOW.plusSeconds(60), ZoneOffset.UTC));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private static NodeSpec spec() {
        return NodeSpec.ofDriver("ilo")
                .withName("n1")
                .withDriverInfo(Map.of("ilo_password", "hunter2", "port", 443, "list", List.of(1, "b")))
                .withProperties(Map.of("deep", Map.of("er", true)))
                .withInstanceUuid(Optional.of(UUID.randomUUID()));
    }

    private Node insert(NodeSpec spec) {
        Node node = Node.enrolled(UUID.randomUUID(), spec, NOW);
        database.nodes().insert(node);
        return node;
    }

    private Node read(Node node) {
        return database.nodes().find(node.uuid()).orElseThrow();
    }

    @Test
    void an_installation_is_known_by_one_id_for_ever_and_by_no_others() {
        UUID id = database.installation();
        database.close();
        open();
        assertThat(database.installation()).isEqualTo(id);
        try (Database other = Database.open(empty())) {
            assertThat(other.installation()).isNotEqualTo(id);
        }
    }

    @Test
    void what_is_there_already_does_not_end_the_transaction_it_is_found_in() {
        Node node = insert(spec());
        SharedObjectStore.SharedObject iso =
                new SharedObjectStore.SharedObject("iso", SharedObjectStore.State.READY, Optional.empty());
        assertThat(database.sharedObjects().insert(iso)).isTrue();
        database.inTransaction(() -> {
            assertThat(database.sharedObjects().insert(iso)).isFalse();
            database.nodes().saveLastError(node.uuid(), Optional.of("after it"));
        });
        assertThat(read(node).status().lastError()).contains("after it");
    }

    @Test
    void of_many_that_insert_the_same_one_does() throws Exception {
        SharedObjectStore.SharedObject iso =
                new SharedObjectStore.SharedObject("iso", SharedObjectStore.State.READY, Optional.empty());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Boolean>> all = Collections.nCopies(
                8, () -> database.inTransaction(() -> database.sharedObjects().insert(iso)));
        assertThat(threads.invokeAll(all)).extracting(Future::get).containsOnlyOnce(true);
        threads.shutdown();
    }

    @Test
    void keeps_whatever_a_bmc_says() {
        Node node = insert(spec());
        database.nodes().saveLastError(node.uuid(), Optional.of("a\u0000b \uD83D\uDE00 \u2028"));
        database.nodes().saveInternalInfo(node.uuid(), Map.of("k", "a\u0000b"));
        assertThat(read(node).status().lastError()).contains("a\uFFFDb \uD83D\uDE00 \u2028");
        assertThat(read(node).status().internalInfo()).containsEntry("k", "a\u0000b");
    }

    @Test
    void a_conductor_is_alive_until_it_leaves() {
        database.conductors().alive(HOST, Set.of("ilo"));
        database.conductors().alive(HOST, Set.of("ilo", "fake-hardware"));
        assertThat(database.conductors().all()).singleElement().satisfies(member -> {
            assertThat(member.host()).isEqualTo(HOST);
            assertThat(member.drivers()).containsExactlyInAnyOrder("ilo", "fake-hardware");
            assertThat(member.online()).isTrue();
        });
        database.conductors().leave(HOST);
        assertThat(database.conductors().all())
                .extracting(ConductorStore.Member::online)
                .containsExactly(false);
    }

    @Test
    void an_inventory_is_kept_in_place_of_the_one_before() {
        Node node = insert(spec());
        database.inventories().save(node.uuid(), Map.of("cpus", 1));
        database.inventories().save(node.uuid(), Map.of("cpus", 2));
        assertThat(database.inventories().find(node.uuid())).contains(Map.of("cpus", 2));
    }

    @Test
    void uses_of_nodes_that_are_no_more_end() {
        Node node = insert(spec());
        SharedObjectStore shared = database.sharedObjects();
        shared.insert(new SharedObjectStore.SharedObject("iso", SharedObjectStore.State.READY, Optional.empty()));
        shared.addUser("iso", node.uuid());
        shared.addUser("iso", UUID.randomUUID());
        assertThat(shared.removeUsersWithoutNode()).isEqualTo(1);
        assertThat(shared.removeUsersWithoutNode()).isZero();
        assertThat(shared.users("iso")).isEqualTo(1);
    }

    @Test
    void a_node_comes_back_as_it_was_after_a_restart() {
        Node node = insert(spec());
        assertThat(read(node)).isEqualTo(node);
        database.close();
        open();
        assertThat(read(node)).isEqualTo(node);
        assertThat(database.nodes().findByName("n1")).contains(node);
    }

    @Test
    void passwords_are_in_the_node_but_in_no_text_of_it() {
        Node node = read(insert(spec()));
        assertThat(node.driverInfo().values()).containsEntry("ilo_password", "hunter2");
        assertThat(node.toString()).doesNotContain("hunter2");
    }

    @Test
    void a_transaction_is_made_whole_or_not_at_all() {
        Node node = insert(spec());
        Hold hold = Hold.of(node.uuid());
        database.reservations().reserve(hold, HOST);
        assertThatThrownBy(() -> database.inTransaction(() -> {
                    database.nodes().saveLastError(node.uuid(), Optional.of("x"));
                    database.inTransaction(() -> database.reservations().assign(hold, "v"));
                    throw new IllegalStateException("no");
                }))
                .hasMessage("no");
        assertThat(read(node).status().lastError()).isEmpty();
        assertThat(database.reservations().visit(node.uuid())).isEmpty();
        database.inTransaction(() -> database.nodes().saveLastError(node.uuid(), Optional.of("y")));
        assertThat(read(node).status().lastError()).contains("y");
    }

    @Test
    void saves_touch_only_what_they_name() {
        Node node = insert(spec());
        UUID uuid = node.uuid();
        NodeStore nodes = database.nodes();
        nodes.savePower(uuid, Optional.of(PowerState.ON), Optional.of(PowerAction.REBOOT));
        nodes.saveLastError(uuid, Optional.of("e"));
        nodes.saveInternalInfo(uuid, Map.of("k", 1));
        nodes.saveMaintenance(uuid, new Maintenance(true, Optional.of("r"), Optional.of("f")));
        nodes.saveInstanceInfo(uuid, Map.of("image_source", "x"));
        Node saved = read(node);
        assertThat(saved.status())
                .isEqualTo(new NodeStatus(
                        Optional.of(PowerState.ON),
                        Optional.of(PowerAction.REBOOT),
                        ProvisionState.ENROLL,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("e"),
                        Map.of("k", 1),
                        Observed.NOTHING));
        assertThat(saved.maintenance()).isEqualTo(new Maintenance(true, Optional.of("r"), Optional.of("f")));
        assertThat(saved.spec()).isEqualTo(node.spec().withInstanceInfo(Map.of("image_source", "x")));
        assertThat(saved.updatedAt()).contains(NOW.plusSeconds(60));
        NodeSpec bare = NodeSpec.ofDriver("other");
        nodes.saveSpec(uuid, bare);
        assertThat(read(node).spec()).isEqualTo(bare);
        assertThat(read(node).status()).isEqualTo(saved.status());
    }

    @Test
    void a_move_happens_only_from_the_state_it_was_planned_for() {
        Node node = insert(spec());
        Lifecycle.Move move =
                Lifecycle.move(ProvisionState.ENROLL, Event.MANAGE).orElseThrow();
        NodeStatus after = node.status().after(move, NOW);
        assertThat(database.nodes().move(node.uuid(), ProvisionState.ACTIVE, after))
                .isFalse();
        assertThat(database.nodes().move(node.uuid(), ProvisionState.ENROLL, after))
                .isTrue();
        assertThat(database.nodes().move(node.uuid(), ProvisionState.ENROLL, after))
                .isFalse();
        assertThat(read(node).status()).isEqualTo(after);
    }

    @Test
    void too_much_and_what_is_no_json_is_refused_without_being_quoted() {
        Node node = insert(spec());
        assertThatThrownBy(() ->
                        database.nodes().saveInstanceInfo(node.uuid(), Map.of("configdrive", "x".repeat(1_000_001))))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("'instance_info'");
        assertThatThrownBy(() -> database.nodes().saveInternalInfo(node.uuid(), Map.of("secret", new Unwritable())))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageNotContaining("hunter2");
    }

    private static final class Unwritable {
        @SuppressWarnings("unused")
        public String getIt() {
            throw new IllegalStateException("hunter2");
        }
    }

    @Test
    void of_many_takers_one_gets_the_node() throws Exception {
        Node node = insert(spec());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Optional<Hold>>> takers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Hold hold = Hold.of(node.uuid());
            String host = "host-" + i;
            takers.add(() ->
                    Optional.of(hold).filter(mine -> database.reservations().reserve(mine, host)));
        }
        List<Hold> held = new ArrayList<>();
        for (Future<Optional<Hold>> taker : threads.invokeAll(takers)) {
            taker.get().ifPresent(held::add);
        }
        assertThat(held).hasSize(1);
        String holder = database.reservations().holder(node.uuid()).orElseThrow();
        database.reservations().release(Hold.of(node.uuid()));
        assertThat(database.reservations().holder(node.uuid())).contains(holder);
        database.reservations().release(held.get(0));
        assertThat(database.reservations().holder(node.uuid())).isEmpty();
        threads.shutdown();
    }

    @Test
    void a_visit_keeps_the_node_counts_its_attempts_and_ends_once() {
        UUID uuid = insert(spec()).uuid();
        ReservationStore store = database.reservations();
        Hold request = Hold.of(uuid);
        store.reserve(request, HOST);
        assertThat(store.heldWithoutVisit(HOST)).containsExactly(request);
        assertThat(store.assign(request, "v1")).isTrue();
        store.release(request);
        assertThat(store.holder(uuid)).contains(HOST);
        assertThat(store.heldForVisits(HOST)).containsExactly(new ReservationStore.Pending(request, "v1"));
        Hold first = Hold.of(uuid);
        assertThat(store.begin(first, "v0", HOST)).isEmpty();
        assertThat(store.begin(first, "v1", HOST)).contains(new ReservationStore.Visit("v1", 1, Optional.empty()));
        assertThat(store.noteFailure(first, "v1", "why")).isTrue();
        Hold second = Hold.of(uuid);
        assertThat(store.begin(second, "v1", "there"))
                .contains(new ReservationStore.Visit("v1", 2, Optional.of("why")));
        assertThat(store.holder(uuid)).contains("there");
        assertThat(store.end(second, "v1")).isTrue();
        assertThat(store.end(second, "v1")).isFalse();
        assertThat(store.holder(uuid)).isEmpty();
    }

    /** A conductor that was frozen, and woke up after another had begun its visit anew. */
    @Test
    void who_lost_a_node_changes_nothing_any_more() {
        UUID uuid = insert(spec()).uuid();
        ReservationStore store = database.reservations();
        Hold request = Hold.of(uuid);
        store.reserve(request, HOST);
        store.assign(request, "v1");
        Hold lost = Hold.of(uuid);
        store.begin(lost, "v1", HOST);
        assertThat(store.isHeld(lost)).isTrue();
        Hold held = Hold.of(uuid);
        store.begin(held, "v1", HOST);

        assertThat(store.isHeld(lost)).isFalse();
        assertThat(database.<Boolean>inTransaction(() -> store.lock(lost))).isFalse();
        assertThat(store.noteFailure(lost, "v1", "mine")).isFalse();
        assertThat(store.assign(lost, "v2")).isFalse();
        assertThat(store.end(lost, "v1")).isFalse();
        store.release(lost);

        assertThat(store.isHeld(held)).isTrue();
        assertThat(database.<Boolean>inTransaction(() -> store.lock(held))).isTrue();
        assertThat(store.visit(uuid)).contains("v1");
        assertThat(store.end(held, "v1")).isTrue();
        assertThat(store.isHeld(held)).isFalse();
        assertThat(store.isHeld(new Hold(uuid, null))).isFalse();
    }

    private BmcActionStore.Entry action(String what) {
        return new BmcActionStore.Entry(
                NOW.plusNanos(1_234_567), HOST, UUID.randomUUID(), "deploy", what, "10.0.0.1", "REDFISH", "done\0");
    }

    private void tamper(String statement) throws Exception {
        try (Connection connection = database.pool().getConnection();
                Statement plain = connection.createStatement()) {
            assertThat(plain.executeUpdate(statement)).isPositive();
        }
    }

    @Test
    void actions_at_bmcs_make_one_chain_whoever_adds_them() throws Exception {
        assertThat(database.bmcActions().verify()).isEqualTo(new BmcActionStore.Verdict(0, "", Optional.empty()));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Void>> writers = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            BmcActionStore.Entry entry = action("reset " + i);
            writers.add(() -> {
                database.bmcActions().append(entry);
                return null;
            });
        }
        for (Future<Void> writer : threads.invokeAll(writers)) {
            writer.get();
        }
        threads.shutdown();
        BmcActionStore.Verdict verdict = database.bmcActions().verify();
        assertThat(verdict.entries()).isEqualTo(600);
        assertThat(verdict.fault()).isEmpty();
        assertThat(verdict.hash()).matches("[0-9a-f]{64}");
    }

    @Test
    void whatever_is_changed_in_the_record_of_actions_is_found() throws Exception {
        for (String column : List.of("conductor", "work", "action", "address", "protocol", "result", "hash")) {
            assertFault("update bmc_action set " + column + " = 'x' where number = 2", "entry 2 of ", 1);
        }
        assertFault("update bmc_action set node_uuid = '" + UUID.randomUUID() + "' where number = 2", "entry 2 of ", 1);
        assertFault(
                "update bmc_action set happened = timestamp '2020-01-01 00:00:00' where number = 1", "entry 1 of ", 0);
        assertFault("delete from bmc_action where number = 2", "entry 2 is missing", 1);
        assertFault("delete from bmc_action where number = 1", "entry 1 is missing", 0);
        assertFault("delete from bmc_action where number = 3", "entries 3 to 3 are missing at the end", 2);
        assertFault("update bmc_action_head set number = 2", "the end of the chain was changed", 3);
    }

    private void assertFault(String tampering, String words, long whole) throws Exception {
        try (Connection connection = database.pool().getConnection();
                Statement plain = connection.createStatement()) {
            plain.executeUpdate("delete from bmc_action");
            plain.executeUpdate("update bmc_action_head set number = 0, hash = ''");
        }
        List.of("insert", "boot", "eject").forEach(what -> database.bmcActions().append(action(what)));
        assertThat(database.bmcActions().verify().fault()).isEmpty();
        tamper(tampering);
        BmcActionStore.Verdict verdict = database.bmcActions().verify();
        assertThat(verdict.fault()).as(tampering).hasValueSatisfying(fault -> assertThat(fault)
                .contains(words));
        assertThat(verdict.entries()).isEqualTo(whole);
    }

    @Test
    void history_keeps_the_newest_entries_and_goes_with_its_node() {
        Node node = insert(spec());
        for (int i = 0; i < 7; i++) {
            database.history().append(node.uuid(), new HistoryStore.Entry(NOW, "s", "m" + i, "INFO"), 3);
        }
        assertThat(database.history().of(node.uuid()))
                .extracting(HistoryStore.Entry::message)
                .containsExactly("m4", "m5", "m6");
        database.history().append(UUID.randomUUID(), new HistoryStore.Entry(NOW, "s", "nobody's", "INFO"), 3);
        database.ports()
                .insert(new Port(UUID.randomUUID(), node.uuid(), "52:54:00:00:00:01", Map.of("vif_port_id", "v")), NOW);
        assertThat(database.nodes().delete(node.uuid())).isTrue();
        assertThat(database.history().of(node.uuid())).isEmpty();
        assertThat(database.ports().list(EntryQuery.all())).isEmpty();
    }

    @Test
    void what_must_be_unique_is_a_conflict_with_its_own_code() {
        Node node = insert(spec());
        NodeSpec other = NodeSpec.ofDriver("ilo");
        conflict(FaultCode.DUPLICATE_NAME, () -> insert(other.withName("n1")));
        conflict(
                FaultCode.INSTANCE_ASSOCIATED,
                () -> insert(other.withInstanceUuid(node.spec().instanceUuid())));
        conflict(FaultCode.NODE_ALREADY_EXISTS, () -> {
            database.nodes().insert(Node.enrolled(node.uuid(), other, NOW));
            return node;
        });
        Node second = insert(other);
        conflict(FaultCode.DUPLICATE_NAME, () -> {
            database.nodes().saveSpec(second.uuid(), other.withName("n1"));
            return second;
        });
        Port port = new Port(UUID.randomUUID(), node.uuid(), "52:54:00:00:00:01", Map.of());
        database.ports().insert(port, NOW);
        assertThat(database.ports().find(port.uuid()).orElseThrow().createdAt()).contains(NOW);
        conflict(FaultCode.MAC_ALREADY_EXISTS, () -> {
            database.ports().insert(new Port(UUID.randomUUID(), second.uuid(), port.address(), Map.of()), NOW);
            return second;
        });
    }

    private static void conflict(String code, Callable<Node> call) {
        assertThatThrownBy(call::call).isInstanceOfSatisfying(Conflict.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }

    @Test
    void lists_by_each_condition() {
        Node full = insert(spec());
        Node bare = insert(NodeSpec.ofDriver("fake"));
        database.nodes().saveMaintenance(bare.uuid(), Maintenance.because(Optional.empty()));
        assertThat(list(new Selection().where(NodeFilter.ASSOCIATED, true))).containsExactly(full.uuid());
        assertThat(list(new Selection().where(NodeFilter.ASSOCIATED, false))).containsExactly(bare.uuid());
        assertThat(list(new Selection().where(NodeFilter.DRIVER, "fake"))).containsExactly(bare.uuid());
        assertThat(list(new Selection().where(NodeFilter.MAINTENANCE, true))).containsExactly(bare.uuid());
        assertThat(list(new Selection().where(NodeFilter.MAINTENANCE, false))).containsExactly(full.uuid());
        assertThat(list(new Selection()
                        .where(
                                NodeFilter.INSTANCE_UUID,
                                full.spec().instanceUuid().orElseThrow())))
                .containsExactly(full.uuid());
        for (SortKey key : SortKey.values()) {
            List<UUID> up = list(new Selection().sort(key, false));
            assertThat(up).containsExactlyInAnyOrder(full.uuid(), bare.uuid());
            assertThat(list(new Selection().sort(key, false).marker(up.get(0)))).containsExactly(up.get(1));
            assertThat(list(new Selection()
                            .sort(key, true)
                            .marker(list(new Selection().sort(key, true)).get(0))))
                    .hasSize(1);
        }
        assertThat(list(new Selection().limit(1))).hasSize(1);
    }

    private List<UUID> list(Selection selection) {
        return database.nodes().list(selection).stream().map(Node::uuid).toList();
    }

    /** Conditions by and by. */
    private static final class Selection implements NodeSelection {
        private final Map<NodeFilter, Object> filters = new EnumMap<>(NodeFilter.class);
        private Optional<UUID> marker = Optional.empty();
        private SortKey key = SortKey.CREATED_AT;
        private boolean descending;
        private int limit = 10;

        Selection where(NodeFilter filter, Object value) {
            filters.put(filter, value);
            return this;
        }

        Selection marker(UUID uuid) {
            marker = Optional.of(uuid);
            return this;
        }

        Selection limit(int most) {
            limit = most;
            return this;
        }

        Selection sort(SortKey by, boolean down) {
            key = by;
            descending = down;
            return this;
        }

        @Override
        public Map<NodeFilter, Object> filters() {
            return filters;
        }

        @Override
        public Optional<UUID> marker() {
            return marker;
        }

        @Override
        public int limit() {
            return limit;
        }

        @Override
        public SortKey sortKey() {
            return key;
        }

        @Override
        public boolean descending() {
            return descending;
        }

        @Override
        public boolean documents() {
            return true;
        }
    }
}

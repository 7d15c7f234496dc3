package io.ferric.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.node.EntryQuery;
import io.ferric.node.Node;
import io.ferric.node.NodeSpec;
import io.ferric.node.Port;
import io.ferric.testkit.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From H2 to PostgreSQL and back. */
class DatabaseCopyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456Z");

    @TempDir
    Path folder;

    private StoreConfig file(String name) {
        return StoreConfig.inFile(folder.resolve(name));
    }

    /** More rows than one batch has, and something of most kinds. */
    private static Node fill(Database database) {
        Node node = Node.enrolled(
                UUID.randomUUID(),
                NodeSpec.ofDriver("ilo").withName("n1").withDriverInfo(Map.of("ilo_password", "hunter2")),
                NOW);
        database.inTransaction(() -> {
            database.nodes().insert(node);
            for (int i = 0; i < 1234; i++) {
                database.nodes().insert(Node.enrolled(UUID.randomUUID(), NodeSpec.ofDriver("ilo"), NOW.plusSeconds(i)));
            }
        });
        ReservationStore.Hold hold = ReservationStore.Hold.of(node.uuid());
        database.reservations().reserve(hold, "here");
        database.reservations().assign(hold, "v1");
        database.ports().insert(new Port(UUID.randomUUID(), node.uuid(), "52:54:00:00:00:01", Map.of("a", 1)), NOW);
        database.inventories().save(node.uuid(), Map.of("cpus", 4));
        database.conductors().alive("here", Set.of("ilo"));
        database.history().append(node.uuid(), new HistoryStore.Entry(NOW, "deploy", "began", "INFO"), 10);
        database.sharedObjects()
                .insert(new SharedObjectStore.SharedObject("iso", SharedObjectStore.State.READY, Optional.empty()));
        database.sharedObjects().addUser("iso", node.uuid());
        return database.nodes().find(node.uuid()).orElseThrow();
    }

    @Test
    void all_arrives_and_goes_on() {
        try (Database first = Database.open(file("first"));
                Database second = Database.open(PostgresServer.shared().emptyDatabase());
                Database third = Database.open(file("third"))) {
            Node node = fill(first);
            assertThat(DatabaseCopy.copy(first, second))
                    .containsEntry("node", 1235L)
                    .containsEntry("history", 1L)
                    .containsOnlyKeys(DatabaseCopy.TABLES);
            DatabaseCopy.copy(second, third);
            for (Database copy : List.of(second, third)) {
                assertThat(copy.installation()).isNotNull();
                assertThat(copy.nodes().find(node.uuid())).contains(node);
                assertThat(copy.reservations().visit(node.uuid())).contains("v1");
                assertThat(copy.ports().list(EntryQuery.all()))
                        .isEqualTo(first.ports().list(EntryQuery.all()));
                assertThat(copy.inventories().find(node.uuid())).contains(Map.of("cpus", 4));
                assertThat(copy.conductors().all()).isEqualTo(first.conductors().all());
                assertThat(copy.sharedObjects().users("iso")).isEqualTo(1);
                copy.history().append(node.uuid(), new HistoryStore.Entry(NOW, "deploy", "went on", "INFO"), 10);
                assertThat(copy.history().of(node.uuid()))
                        .extracting(HistoryStore.Entry::message)
                        .containsExactly("began", "went on");
            }
        }
    }

    @Test
    void the_installation_stays_what_it_was() {
        UUID id;
        StoreConfig target = PostgresServer.shared().emptyDatabase();
        try (Database first = Database.open(file("first"));
                Database second = Database.open(target)) {
            id = first.installation();
            DatabaseCopy.copy(first, second);
        }
        try (Database again = Database.open(target)) {
            assertThat(again.installation()).isEqualTo(id);
        }
    }

    @Test
    void nothing_is_added_to_what_holds_something() {
        try (Database first = Database.open(file("first"));
                Database second = Database.open(file("second"))) {
            fill(first);
            second.nodes().insert(Node.enrolled(UUID.randomUUID(), NodeSpec.ofDriver("ilo"), NOW));
            UUID id = second.installation();
            assertThatThrownBy(() -> DatabaseCopy.copy(first, second))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not empty")
                    .hasMessageContaining("table node has 1 rows");
            assertThat(second.ports().list(EntryQuery.all())).isEmpty();
            assertThat(second.installation()).isEqualTo(id);
        }
    }

    @Test
    void no_table_is_forgotten() throws Exception {
        try (Database database = Database.open(file("first"));
                Connection connection = database.pool().getConnection();
                ResultSet tables =
                        connection.getMetaData().getTables(null, "PUBLIC", "%", new String[] {"BASE TABLE"})) {
            List<String> names = new ArrayList<>();
            while (tables.next()) {
                names.add(tables.getString("TABLE_NAME").toLowerCase(Locale.ROOT));
            }
            names.remove("flyway_schema_history");
            assertThat(DatabaseCopy.TABLES).containsExactlyInAnyOrderElementsOf(names);
        }
    }
}

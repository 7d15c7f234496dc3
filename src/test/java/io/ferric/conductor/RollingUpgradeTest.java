package io.ferric.conductor;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.node.Node;
import io.ferric.node.ProvisionState;
import io.ferric.store.Database;
import io.ferric.store.StoreConfig;
import io.ferric.store.Tables;
import io.ferric.testkit.TestStore;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/**
 * Version N beside version N+1: the tables are expanded while a conductor that knows nothing of it works on them, and it
 * goes on, starts again, and has its work taken over.
 */
class RollingUpgradeTest {
    /** So often that a database has prepared the statements, and would notice that their tables have changed. */
    private static final int ROUNDS = 8;

    private static final int EVERY_CONNECTION = 200;

    private final StoreConfig store = TestStore.config();

    @Test
    void a_conductor_works_on_while_the_tables_are_expanded() {
        try (Rig rig = new Rig(Rig.config(), store)) {
            Node node = rig.available(Map.of());
            rounds(rig, node);
            expand(rig.database);
            rounds(rig, node);
            assertThat(rig.steps(node)).isNotEmpty();

            rig.conductor.close();
            Node waiting;
            try (Rig restarted = new Rig(Rig.config("old", Duration.ZERO), store)) {
                assertThat(restarted.now(node).provisionState()).isEqualTo(ProvisionState.AVAILABLE);
                waiting = restarted.waiting();
            }
            rig.conductor = rig.newConductor(Rig.config("next", Duration.ZERO));
            rig.conductor.start();
            rig.callBack(waiting, "pass_deploy_info");
            rig.reaches(waiting, ProvisionState.ACTIVE);
        }
    }

    private static void rounds(Rig rig, Node node) {
        for (int i = 0; i < ROUNDS; i++) {
            rig.provision(node, "active");
            rig.reaches(node, ProvisionState.ACTIVE);
            rig.provision(node, "deleted");
            rig.reaches(node, ProvisionState.AVAILABLE);
        }
        for (int i = 0; i < EVERY_CONNECTION; i++) {
            readsInATransaction(rig.database, node.uuid());
        }
    }

    /** Where a driver of a database cannot silently try again a statement whose table has changed. */
    private static void readsInATransaction(Database database, UUID node) {
        database.inTransaction(() -> {
            assertThat(database.nodes().find(node)).isPresent();
            assertThat(database.nodes().findByName("none")).isEmpty();
            assertThat(database.history().of(node)).isNotEmpty();
            assertThat(database.conductors().all()).isNotEmpty();
            assertThat(database.sharedObjects().all()).isEmpty();
            assertThat(database.allocations().findToChange(node)).isEmpty();
            assertThat(database.records(Tables.PORT).find(node)).isEmpty();
        });
    }

    /** What a next version may do: a column and a table more. */
    private static void expand(Database database) {
        Flyway.configure()
                .dataSource(database.pool())
                .locations("classpath:io/ferric/store/migrations", "classpath:io/ferric/conductor/next")
                .load()
                .migrate();
    }
}

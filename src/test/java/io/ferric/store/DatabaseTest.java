package io.ferric.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.node.Node;
import io.ferric.node.NodeSpec;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said of the H2 file alone, and of databases that cannot be opened. */
class DatabaseTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123Z");

    @TempDir
    Path folder;

    private Database database;

    @BeforeEach
    void open() {
        database = Database.open(StoreConfig.inFile(folder.resolve("sub/ferric")));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void the_file_is_for_its_owner_alone() throws Exception {
        Path file = folder.resolve("sub/ferric.mv.db");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void a_server_that_cannot_be_reached_is_told_without_the_password() {
        assertThatThrownBy(() -> Database.open(url("jdbc:postgresql://127.0.0.1:1/ferric?password=hunter2")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/ferric: ")
                .hasMessageContaining("see store.url")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void only_databases_that_ferric_knows_are_taken() {
        assertThatThrownBy(() -> url("jdbc:mysql://db/ferric?password=hunter2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("store.url must begin with jdbc:postgresql: or jdbc:h2:");
    }

    @Test
    void a_file_that_is_not_there_is_not_made_to_be_read() {
        assertThatThrownBy(() -> Database.requireThere(StoreConfig.inFile(folder.resolve("none"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("none.mv.db")
                .hasMessageContaining("store.file");
    }

    private static StoreConfig url(String url) {
        return new StoreConfig(
                Path.of("unused"), Optional.of(url), Optional.empty(), Optional.empty(), 2, Duration.ofSeconds(1));
    }

    @Test
    void an_interrupted_thread_does_not_close_the_database() {
        Node node = Node.enrolled(UUID.randomUUID(), NodeSpec.ofDriver("ilo"), NOW);
        database.nodes().insert(node);
        Thread.currentThread().interrupt();
        try {
            database.nodes().saveLastError(node.uuid(), Optional.of("first"));
        } finally {
            Thread.interrupted();
        }
        database.nodes().saveLastError(node.uuid(), Optional.of("second"));
        assertThat(database.nodes().find(node.uuid()).orElseThrow().status().lastError())
                .contains("second");
    }
}

package io.ferric.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.FerricConfig;
import io.ferric.store.BmcActionStore;
import io.ferric.store.Database;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class HistoryCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path config;

    @BeforeEach
    void configure() throws Exception {
        config = folder.resolve("ferric.yaml");
        Files.writeString(config, "state_directory: '" + folder.resolve("state") + "'\n");
    }

    private int verify() {
        CommandLine line =
                Main.commandLine("history").setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute("history", "verify", "--config", config.toString());
    }

    private void fill(String... statements) throws Exception {
        try (Database database = Database.open(FerricConfig.read(config).store())) {
            for (String what : new String[] {"reset", "power on"}) {
                database.bmcActions()
                        .append(new BmcActionStore.Entry(
                                Instant.now(), "here", UUID.randomUUID(), "deploy", what, "10.0.0.1", "RIBCL", "done"));
            }
            try (Connection connection = database.pool().getConnection();
                    Statement plain = connection.createStatement()) {
                for (String statement : statements) {
                    plain.executeUpdate(statement);
                }
            }
        }
    }

    @Test
    void says_that_the_record_is_whole() throws Exception {
        fill();
        assertThat(verify()).isZero();
        assertThat(out.toString()).matches("2 entries are whole; the hash of the last is [0-9a-f]{64}\\R");
    }

    @Test
    void says_which_entry_was_changed() throws Exception {
        fill("update bmc_action set action = 'nothing' where number = 2");
        assertThat(verify()).isEqualTo(1);
        assertThat(out.toString()).startsWith("1 entry is whole");
        assertThat(err.toString()).contains("tampered with: entry 2 of ").contains("was changed");
    }

    @Test
    void makes_no_database() {
        assertThat(verify()).isEqualTo(2);
        assertThat(err.toString()).contains("there is no database");
        assertThat(folder.resolve("state")).doesNotExist();
    }
}

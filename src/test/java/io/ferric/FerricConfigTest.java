package io.ferric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.conductor.ConductorConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FerricConfigTest {
    @TempDir
    private Path folder;

    @Test
    void an_empty_file_means_the_defaults() throws IOException {
        assertThat(read("# nothing\n")).isEqualTo(FerricConfig.defaults());
    }

    @Test
    void what_is_written_overrides_and_the_rest_stays() throws IOException {
        FerricConfig config = read("""
                api_url: http://10.0.0.1:6385
                conductor:
                  deploy_callback_timeout: 90m
                """);

        assertThat(config.apiUrl()).contains(URI.create("http://10.0.0.1:6385"));
        assertThat(config.conductor().deployCallbackTimeout()).isEqualTo(Duration.ofMinutes(90));
        assertThat(config.conductor().workersPoolSize())
                .isEqualTo(FerricConfig.defaults().conductor().workersPoolSize());
    }

    @Test
    void the_state_directory_moves_the_paths_that_are_not_written() throws IOException {
        FerricConfig config = read("""
                state_directory: /srv/ferric
                store:
                  file: /var/db/ferric
                """);

        assertThat(config.ilo().workDirectory()).isEqualTo(Path.of("/srv/ferric/ilo"));
        assertThat(config.deploy().imagesPath()).isEqualTo(Path.of("/srv/ferric/images"));
        assertThat(config.store().file()).isEqualTo(Path.of("/var/db/ferric"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            tokens: 1                              | unknown key 'tokens'
            conductor: {deploy_callback_timout: 1h} | unknown key 'conductor.deploy_callback_timout'
            conductor: {deploy_callback_timeout: soon} | 'soon' is not a duration
            conductor: {workers_pool_size: many}   | conductor.workers_pool_size
            conductor: 7                           | conductor
            just words                             | must hold keys and values
            rest: {port: 70000}                    | must be from 0 to 65535
            a: [                                   | not readable YAML
            conductor: {workers_pool_size: many}   | conductor.workers_pool_size: 'many' is not a whole number
            conductor: {workers_pool_size: 0}      | : conductor.workers_pool_size is 0 but must be 1 or more
            conductor: {periodic_max_workers: 0}   | conductor.periodic_max_workers is 0
            conductor: {history_per_node: 0}       | conductor.history_per_node is 0
            conductor: {visit_attempts: 0}         | conductor.visit_attempts is 0
            conductor: {node_locked_retry_attempts: -1} | conductor.node_locked_retry_attempts is -1
            conductor: 7                           | conductor takes keys of its own, not 7
            conductor: [1]                         | conductor takes keys of its own, not [1]
            rest: {port: {a: 1}}                   | rest.port takes one value
            rest: {port: [1]}                      | rest.port takes one value, not [1]
            enabled_drivers: ilo                   | enabled_drivers takes a list
            publisher: {kind: ftp}                 | publisher.kind: 'ftp' is not one of local, swift
            conductor: {allow_deleting_available_nodes: 7x} | '7x' is not true or false
            store: {connections: 1}                | store.connections is 1 but must be 2 or more
            ilo: {verify_ca: /nowhere/ca.pem}      | verify_ca is neither true nor false, and neither a file or folder nor a fingerprint of 64 hex digits: /nowhere
            api_url: a b                           | api_url: 'a b' is not a URL
            {rest: {port: 1, port: 2}}             | Duplicate field 'port'
            """)
    void a_mistake_is_named(String yaml, String said) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(said)
                .message()
                .doesNotContain("java.", "io.ferric");
    }

    @Test
    void a_key_without_a_value_means_the_default_or_nothing() throws IOException {
        FerricConfig config = read("""
                api_url:
                enabled_drivers:
                conductor:
                  workers_pool_size:
                  host:
                  visit_attempts: 4
                publisher: {kind: }
                deploy: {image_cache: {master_path: }}
                """);

        FerricConfig usual = FerricConfig.defaults();
        assertThat(config.conductor().workersPoolSize())
                .isEqualTo(usual.conductor().workersPoolSize());
        assertThat(config.conductor().host()).isEqualTo(usual.conductor().host());
        assertThat(config.conductor().visitAttempts()).isEqualTo(4);
        assertThat(config.publisher()).isEqualTo(usual.publisher());
        assertThat(config.apiUrl()).isEmpty();
        assertThat(config.deploy().imageCache().masterPath()).isEmpty();
    }

    @Test
    void durations_below_zero_are_refused() {
        assertThatThrownBy(() -> new ConductorConfig(
                        "x",
                        1,
                        1,
                        0,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        true,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Duration.ZERO,
                        true,
                        1,
                        Duration.ZERO,
                        true,
                        1,
                        1,
                        Duration.ZERO,
                        Duration.ofSeconds(-1),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofSeconds(30)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("conductor.polling_interval");
    }

    private FerricConfig read(String yaml) throws IOException {
        return FerricConfig.read(Files.writeString(folder.resolve("ferric.yaml"), yaml));
    }
}

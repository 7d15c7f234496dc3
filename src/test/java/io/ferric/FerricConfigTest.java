package io.ferric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
            """)
    void a_mistake_is_named(String yaml, String said) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(ConfigException.class).hasMessageContaining(said);
    }

    private FerricConfig read(String yaml) throws IOException {
        return FerricConfig.read(Files.writeString(folder.resolve("ferric.yaml"), yaml));
    }
}

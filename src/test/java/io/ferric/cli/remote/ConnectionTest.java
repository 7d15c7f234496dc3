package io.ferric.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.cli.terminal.UsageException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {
    private static Optional<URI> address(Optional<String> url, Map<String, String> environment) throws IOException {
        return new Connection(url, Optional.empty(), Optional.empty(), Duration.ofSeconds(1), 0, environment)
                .options()
                .endpoint();
    }

    @ParameterizedTest
    @ValueSource(strings = {"host:6385", "host", "ftp://host:6385", "http://", "http://ho st:6385"})
    void tells_how_to_write_an_address_wherever_it_stands(String wrong) {
        assertThatThrownBy(() -> address(Optional.of(wrong), Map.of()))
                .isInstanceOf(UsageException.class)
                .hasMessageContainingAll("'" + wrong + "'", "http://127.0.0.1:6385");
        for (String variable : new String[] {"OS_ENDPOINT", "FERRIC_URL"}) {
            assertThatThrownBy(() -> address(Optional.empty(), Map.of(variable, wrong)))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContainingAll("'" + wrong + "'", "http://127.0.0.1:6385");
        }
    }

    @Test
    void takes_what_is_said_before_the_environment_of_openstack_and_that_before_its_own() throws IOException {
        Map<String, String> both = Map.of("OS_ENDPOINT", "http://there:1", "FERRIC_URL", "http://here:2");
        assertThat(address(Optional.of("https://said:3"), both)).contains(URI.create("https://said:3"));
        assertThat(address(Optional.empty(), both)).contains(URI.create("http://there:1"));
        assertThat(address(Optional.empty(), Map.of("FERRIC_URL", "http://here:2")))
                .contains(URI.create("http://here:2"));
        assertThat(address(Optional.empty(), Map.of())).contains(URI.create("http://127.0.0.1:6385"));
    }
}

package io.ferric.rest.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.rest.data.Json;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkTemplateTest {
    private final ObjectMapper json = Json.newMapper();
    private final UUID uuid = UUID.fromString("5f5b0c3c-1d2a-4b57-9a3e-0123456789ab");

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:6385/", "https://[::1]/bare'metal/", "http://bücher.example:1/%22/"})
    void writes_what_the_usual_pair_is_written_as(String base) throws JsonProcessingException {
        UriInfo request = mock(UriInfo.class);
        when(request.getBaseUri()).thenReturn(URI.create(base));
        Links links = Links.of(request);
        assertThat(json.writeValueAsString(links.template("nodes").of(uuid)))
                .isEqualTo(json.writeValueAsString(links.pair("nodes", uuid.toString())));
        assertThat(json.writeValueAsString(links.template("nodes", "ports").of(uuid)))
                .isEqualTo(json.writeValueAsString(links.pair("nodes", uuid.toString(), "ports")));
    }
}

package io.ferric.publish.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private static final String HEAD = "GET /a HTTP/1.1\r\nHost: x\r\nRange:  bytes=0-1 \r\nrange: bytes=5-\r\n\r\n";

    @Test
    void reads_a_head_with_its_headers_in_lower_case() throws BadRequest {
        Request request = read(HEAD).orElseThrow();
        assertThat(request.method()).isEqualTo("GET");
        assertThat(request.target()).isEqualTo("/a");
        assertThat(request.header("range")).contains("bytes=0-1, bytes=5-");
        assertThat(request.client()).isEqualTo("192.0.2.7");
    }

    @Property
    void does_not_care_how_a_head_is_cut(@ForAll @IntRange(min = 1, max = 64) int cut) throws BadRequest {
        RequestReader reader = new RequestReader("192.0.2.7");
        fill(reader, HEAD.substring(0, cut));
        assertThat(reader.next()).isEmpty();
        fill(reader, HEAD.substring(cut) + "HEAD /b");
        assertThat(reader.next().orElseThrow().target()).isEqualTo("/a");
        assertThat(reader.next()).isEmpty();
        fill(reader, " HTTP/1.0\n\n");
        assertThat(reader.next().orElseThrow().keepsAlive()).isFalse();
        assertThat(reader.begun()).isFalse();
    }

    @Test
    void skips_empty_lines_between_requests() throws BadRequest {
        assertThat(read("\r\n\r\n" + HEAD)).isPresent();
    }

    @Test
    void takes_absolute_targets_as_a_proxy_sends_them() throws BadRequest {
        assertThat(read("GET http://h:80/a HTTP/1.1\r\n\r\n").orElseThrow().target())
                .isEqualTo("/a");
        assertThat(read("GET http://h HTTP/1.1\r\n\r\n").orElseThrow().target()).isEqualTo("/");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n\r\n",
                "GET /a\r\n\r\n",
                "GET /a HTTP/2.0\r\n\r\n",
                "GET /a HTTP/1.1\r\nno colon\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost : x\r\n\r\n",
                "GET /a HTTP/1.1\r\nA: b\r\n folded\r\n\r\n",
                "GET /ä HTTP/1.1\r\n\r\n"
            })
    void refuses_what_is_no_request(String head) {
        assertThatExceptionOfType(BadRequest.class).isThrownBy(() -> read(head)).satisfies(e -> assertThat(e.status())
                .isEqualTo(400));
    }

    @Test
    void refuses_a_head_that_never_ends() {
        RequestReader reader = new RequestReader("192.0.2.7");
        fill(reader, "x".repeat(RequestReader.LIMIT));
        assertThatExceptionOfType(BadRequest.class).isThrownBy(reader::next).satisfies(e -> assertThat(e.status())
                .isEqualTo(431));
    }

    @Test
    void ends_the_connection_after_a_body_it_does_not_read() throws BadRequest {
        assertThat(read("GET /a HTTP/1.1\r\nContent-Length: 5\r\n\r\n")
                        .orElseThrow()
                        .keepsAlive())
                .isFalse();
        assertThat(read("GET /a HTTP/1.1\r\nConnection: Close\r\n\r\n")
                        .orElseThrow()
                        .keepsAlive())
                .isFalse();
        assertThat(read("GET /a HTTP/1.1\r\n\r\n").orElseThrow().keepsAlive()).isTrue();
    }

    @Property
    void survives_any_octets(@ForAll @Size(max = 200) byte[] octets) {
        RequestReader reader = new RequestReader("192.0.2.7");
        reader.space().put(octets);
        try {
            reader.next();
        } catch (BadRequest e) {
            assertThat(e.status()).isBetween(400, 499);
        }
    }

    private static Optional<Request> read(String text) throws BadRequest {
        RequestReader reader = new RequestReader("192.0.2.7");
        fill(reader, text);
        return reader.next();
    }

    private static void fill(RequestReader reader, String text) {
        reader.space().put(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}

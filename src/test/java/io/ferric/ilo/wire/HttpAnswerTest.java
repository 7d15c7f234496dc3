package io.ferric.ilo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {
    private static HttpAnswer read(String wire) throws IOException {
        return HttpAnswer.read(new ByteArrayInputStream(wire.getBytes(StandardCharsets.ISO_8859_1)), 100, "POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n003\r\nabc\r\n002\r\nde\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\nTRANSFER-ENCODING: Chunked\n\n3;ext=1\nabc\n2 \nde\n0\n\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcdeXXX",
                "HTTP/1.0 200 OK\r\n\r\nabcde",
                "HTTP/1.1 200\r\nServer: HP-iLO-Server/1.30\r\n\r\nabcde"
            })
    void reads_bodies_of_every_kind(String wire) throws Exception {
        HttpAnswer answer = read(wire);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(new String(answer.body(), StandardCharsets.US_ASCII)).isEqualTo("abcde");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | ended before the answer",
                "'HTTP/1.1 200 OK' | middle of a line",
                "'SSH-2.0-OpenSSH_9\n' | no HTTP but 'SSH-2.0-OpenSSH_9'",
                "'HTTP/1.1 OK\n\n' | no HTTP",
                "'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n05f\nabc' | in the middle of the answer, after 3 bytes",
                "'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nxyz\nabc' | length of 'xyz'",
                "'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n7fffffff\nabc' | more than 100 bytes",
                "'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nffffffffffffffff\nabc' | length of",
                "'HTTP/1.1 200 OK\nContent-Length: 9\n\nabc' | after 3 of 9 bytes",
                "'HTTP/1.1 200 OK\nContent-Length: 101\n\nabc' | more than 100 bytes",
                "'HTTP/1.1 200 OK\nContent-Length: -1\n\nabc' | length of '-1'"
            })
    void says_what_is_wrong(String wire, String message) {
        assertThatThrownBy(() -> read(wire)).isInstanceOf(BrokenAnswer.class).hasMessageContaining(message);
    }

    @Test
    void limits_everything() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\n\n" + "x".repeat(101))).hasMessageContaining("100 bytes");
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\n" + "A: b\n".repeat(200)))
                .hasMessageContaining("headers");
        assertThatThrownBy(() -> read("HTTP/1.1 200 " + "x".repeat(9000))).hasMessageContaining("a line of more than");
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n" + "01\nx\n".repeat(200)))
                .hasMessageContaining("100 bytes");
    }
}

package io.ferric.ilo.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
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
                "'HTTP/1.1 200 OK\nContent-Length: -1\n\nabc' | length of '-1'",
                "'HTTP/1.1 200 OK\nContent-Length: 3\nContent-Length: 1\n\nabc' | two lengths, '3' and '1'"
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

    @Test
    void limits_the_headers_together_too() {
        assertThatThrownBy(() -> read("HTTP/1.1 200 OK\n" + ("A: " + "b".repeat(8000) + "\n").repeat(20)))
                .isInstanceOf(BrokenAnswer.class)
                .hasMessageContaining("65536 bytes");
    }

    @Test
    void skips_what_only_announces_an_answer() throws Exception {
        String remark = "HTTP/1.1 100 Continue\r\n\r\n";
        assertThat(read(remark + "HTTP/1.1 204 None\r\n\r\n").status()).isEqualTo(204);
        assertThatThrownBy(() -> read(remark.repeat(50))).isInstanceOf(BrokenAnswer.class);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        }
        return out.toByteArray();
    }

    private static HttpAnswer compressed(byte[] body, String headers) throws IOException {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        wire.writeBytes(("HTTP/1.1 200 OK\r\n" + headers + "Content-Length: " + body.length + "\r\n\r\n").getBytes());
        wire.writeBytes(body);
        return HttpAnswer.read(new ByteArrayInputStream(wire.toByteArray()), 100, "GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Encoding: gzip\r\n", ""})
    void inflates_what_is_compressed_even_when_it_does_not_say_so(String headers) throws Exception {
        assertThat(compressed(gzip("{\"a\": 1}".getBytes()), headers).text()).isEqualTo("{\"a\": 1}");
    }

    @Test
    void a_small_answer_does_not_become_a_big_one() throws Exception {
        byte[] bomb = gzip(new byte[50_000]);
        assertThat(bomb.length).isLessThan(100);
        assertThatThrownBy(() -> compressed(bomb, ""))
                .isInstanceOf(BrokenAnswer.class)
                .hasMessage("more than 100 bytes");
        byte[] cut = java.util.Arrays.copyOf(gzip("one, two, three".getBytes()), 20);
        assertThatThrownBy(() -> compressed(cut, "")).hasMessage("its compressed body is broken");
        cut[12] = 77;
        assertThatThrownBy(() -> compressed(cut, "")).hasMessage("its compressed body is broken");
    }
}

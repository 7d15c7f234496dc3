package io.ferric.ilo.ribcl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.ferric.ilo.wire.BrokenAnswer;
import io.ferric.ilo.wire.HttpAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What must hold for every answer, however an iLO or an attacker cuts or soils it. */
class RibclProperties {
    private static final int LIMIT = 1 << 20;

    private static String answer(String product) {
        return ScriptedIlo.ok()
                + ScriptedIlo.payload("<GET_PRODUCT_NAME><PRODUCT_NAME VALUE =\"" + product + "\"/></GET_PRODUCT_NAME>")
                + ScriptedIlo.ok();
    }

    @Property(tries = 300)
    void chunk_borders_change_nothing(@ForAll long seed) throws Exception {
        String body = answer("ProLiant DL380 Gen9");
        byte[] wire = chunked(body, new Random(seed)).getBytes(StandardCharsets.ISO_8859_1);
        HttpAnswer read = HttpAnswer.read(new ByteArrayInputStream(wire), LIMIT, "POST");
        assertThat(new String(read.body(), StandardCharsets.ISO_8859_1)).isEqualTo(body);
        assertThat(RibclParser.parse(read.body()).find("PRODUCT_NAME")).isPresent();
    }

    @Property(tries = 300)
    void an_answer_cut_anywhere_is_an_error_and_never_a_result(
            @ForAll long seed, @ForAll @IntRange(max = 99) int percent) {
        byte[] wire = chunked(answer("x"), new Random(seed)).getBytes(StandardCharsets.ISO_8859_1);
        byte[] cut = java.util.Arrays.copyOf(wire, (wire.length - 5) * percent / 100);
        assertThatCode(() -> HttpAnswer.read(new ByteArrayInputStream(cut), LIMIT, "POST"))
                .isInstanceOf(BrokenAnswer.class);
    }

    @Property(tries = 500)
    void junk_ends_in_an_ioexception_or_a_reply(@ForAll byte[] junk) {
        onlyIoExceptions(() -> RibclParser.parse(junk));
        onlyIoExceptions(() -> HttpAnswer.read(new ByteArrayInputStream(junk), LIMIT, "POST"));
    }

    @Property(tries = 500)
    void soiled_answers_end_in_an_ioexception_or_a_reply(@ForAll("xmlish") List<String> pieces) {
        String text = answer(String.join("", pieces)) + String.join("", pieces);
        onlyIoExceptions(() -> RibclParser.parse(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    @Property(tries = 300)
    void any_name_survives_unescaped(@ForAll("names") String name) throws Exception {
        byte[] body = answer(name).getBytes(StandardCharsets.ISO_8859_1);
        String read = RibclParser.parse(body)
                .find("PRODUCT_NAME")
                .flatMap(each -> RibclReply.attribute(each, "VALUE"))
                .orElseThrow();
        assertThat(read).isEqualTo(name.strip());
    }

    @Property(tries = 12)
    void hostile_repetition_takes_no_time(@ForAll("hostile") String unit) {
        String text = answer(unit.repeat(200_000 / unit.length()));
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> onlyIoExceptions(() -> RibclParser.parse(text.getBytes(StandardCharsets.ISO_8859_1))));
    }

    @Provide
    Arbitrary<List<String>> xmlish() {
        return Arbitraries.of(
                        "<",
                        ">",
                        "/>",
                        "\"",
                        "'",
                        "&",
                        "&#",
                        "=",
                        " ",
                        "<?xml ",
                        "?>",
                        "<RIBCL",
                        "</RIBCL>",
                        "<!--",
                        "-->",
                        "<![CDATA[",
                        "]]>",
                        "<!DOCTYPE",
                        "A",
                        "0x",
                        "\u0000",
                        "\u00ff",
                        "STATUS",
                        "<RESPONSE ")
                .list()
                .ofMaxSize(30);
    }

    /** Quotes and the like at will, but nothing that looks like the rest of a tag. */
    @Provide
    Arbitrary<String> names() {
        return Arbitraries.strings().withChars("ab1 \"'<&-()").ofMinLength(1).ofMaxLength(20);
    }

    @Provide
    Arbitrary<String> hostile() {
        return Arbitraries.of(
                "\"", "&", "<", "\" ", "\"a", "'", "<RIBCL", "<a b=\"", "&#", "\"                a", "<?xml ", "</");
    }

    private interface Reading {
        Object read() throws IOException;
    }

    private static void onlyIoExceptions(Reading reading) {
        try {
            reading.read();
        } catch (IOException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    private static String chunked(String body, Random random) {
        StringBuilder wire = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int at = 0; at < body.length(); ) {
            int size = Math.min(body.length() - at, 1 + random.nextInt(0x1ff));
            wire.append(String.format("%03x\r\n", size))
                    .append(body, at, at + size)
                    .append("\r\n");
            at += size;
        }
        return wire.append("0\r\n\r\n").toString();
    }
}

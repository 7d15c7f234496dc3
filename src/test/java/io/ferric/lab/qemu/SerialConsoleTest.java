package io.ferric.lab.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SerialConsoleTest {
    private final List<String> heard = new ArrayList<>();
    private final SerialConsole console = new SerialConsole(heard::add);

    @Test
    void cuts_lines_wherever_the_pieces_end_and_leaves_terminal_sequences_out() {
        say("\u001b[2J\u001b[01;01HBoo");
        say("ting\r\n\u001b[0mfer\u0007ric: hello\n\nlogin:");

        assertThat(heard).containsExactly("Booting", "ferric: hello", "");
        assertThat(console.begun()).isEqualTo("login:");
        assertThat(console.tail(2)).isEqualTo("ferric: hello\nlogin:");
    }

    @Test
    void what_had_begun_is_a_line_when_the_machine_stops() {
        say("half");
        console.end();
        console.end();

        assertThat(console.lines()).containsExactly("half");
    }

    @Test
    void waits_for_the_nth_line_now_or_before() throws Exception {
        say("up 1\nnoise\nup 2\n");

        assertThat(console.awaitLine(Pattern.compile("up"), Duration.ZERO)).isEqualTo("up 1");
        assertThat(console.awaitLine(Pattern.compile("up"), 2, Duration.ZERO)).isEqualTo("up 2");
        assertThatThrownBy(() -> console.awaitLine(Pattern.compile("up"), 3, Duration.ofMillis(20)))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("noise\nup 2");
    }

    @Test
    void a_machine_that_never_ends_a_line_fills_no_memory() {
        say("x".repeat(10_000));

        assertThat(console.lines()).hasSize(2).allMatch(line -> line.length() == 4096);
    }

    private void say(String text) {
        console.accept(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}

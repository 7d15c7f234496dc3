package io.ferric.lab.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QmpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GREETING = "{\"QMP\": {\"version\": {}, \"capabilities\": []}}\n";

    private final PipedInputStream commands = new PipedInputStream();
    private final PipedOutputStream toQemu = new PipedOutputStream();
    private final PipedInputStream answers = new PipedInputStream();
    private final OutputStream fromQemu = new PipedOutputStream();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @BeforeEach
    void connect() throws Exception {
        toQemu.connect(commands);
        ((PipedOutputStream) fromQemu).connect(answers);
    }

    @AfterEach
    void disconnect() throws Exception {
        toQemu.close();
        fromQemu.close();
    }

    @Test
    void greets_executes_and_hears_events() throws Exception {
        play(command -> switch (command) {
            case "query-status" ->
                "{\"event\": \"STOP\", \"data\": {}}\n{\"return\": {\"status\": \"paused\"}, \"id\": ID}\n";
            default -> "{\"return\": {}, \"id\": ID}\n";
        });
        Qmp qmp = open(Duration.ofSeconds(20));

        assertThat(qmp.execute("query-status", Map.of()).path("status").asText())
                .isEqualTo("paused");
        await().untilAsserted(() -> assertThat(events).containsExactly("STOP"));
    }

    @Test
    void repeats_what_qemu_says_of_an_error() throws Exception {
        play(command -> command.equals("eject")
                ? "{\"error\": {\"class\": \"GenericError\", \"desc\": \"Device 'cd7' not found\"}, \"id\": ID}\n"
                : "{\"return\": {}, \"id\": ID}\n");
        Qmp qmp = open(Duration.ofSeconds(20));

        assertThatThrownBy(() -> qmp.execute("eject", Map.of("id", "cd7")))
                .isInstanceOf(IOException.class)
                .hasMessage("QEMU refused eject: Device 'cd7' not found");
    }

    @Test
    void does_not_wait_for_ever() throws Exception {
        play(command -> command.equals("cont") ? "" : "{\"return\": {}, \"id\": ID}\n");
        Qmp qmp = open(Duration.ofMillis(300));

        assertThatThrownBy(() -> qmp.execute("cont", Map.of())).hasMessageContaining("did not answer");
    }

    @Test
    void notices_that_qemu_ended_before_it_greeted_and_in_the_midst_of_a_command() throws Exception {
        play(command -> command.equals("cont") ? null : "{\"return\": {}, \"id\": ID}\n");
        Qmp qmp = open(Duration.ofSeconds(20));

        assertThatThrownBy(() -> qmp.execute("cont", Map.of())).hasMessageContaining("QEMU ended before cont");
        assertThatThrownBy(() -> Qmp.open(answers, toQemu, Duration.ofSeconds(20), (name, data) -> {}))
                .hasMessageContaining("QEMU ended before the greeting");
    }

    private Qmp open(Duration patience) throws IOException {
        return Qmp.open(answers, toQemu, patience, (name, data) -> events.add(name));
    }

    /** Plays QEMU; a command answered with null ends it. */
    private void play(Function<String, String> answer) {
        Thread qemu = new Thread(() -> {
            try (fromQemu;
                    BufferedReader lines =
                            new BufferedReader(new InputStreamReader(commands, StandardCharsets.UTF_8))) {
                write(GREETING);
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    JsonNode command = JSON.readTree(line);
                    String said = answer.apply(command.path("execute").asText());
                    if (said == null) {
                        return;
                    }
                    write(said.replace("ID", command.path("id").asText()));
                }
            } catch (IOException e) {
                // the test is over
            }
        });
        qemu.setDaemon(true);
        qemu.start();
    }

    private void write(String text) throws IOException {
        fromQemu.write(text.getBytes(StandardCharsets.UTF_8));
        fromQemu.flush();
    }
}

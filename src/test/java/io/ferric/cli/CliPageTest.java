package io.ferric.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** docs/cli.md: what it shows can be typed. */
class CliPageTest {
    private static final Path PAGE = Path.of("docs/cli.md");

    static Stream<String> examples() throws Exception {
        return Files.readAllLines(PAGE).stream()
                .filter(line -> line.startsWith("    ferric "))
                .map(line -> line.strip().substring("ferric ".length()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void every_example_is_understood(String example) {
        String[] words = example.split(" +");
        CommandLine.ParseResult parsed = Main.commandLine(words).parseArgs(words);
        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.hasSubcommand()).isTrue();
    }

    @Test
    void every_command_that_asks_a_server_explains_itself() {
        for (String group :
                List.of("node", "port", "chassis", "volume", "allocation", "deploy", "driver", "conductor", "import")) {
            help(Main.commandLine(group), group);
        }
    }

    @Test
    void the_page_names_every_group() throws Exception {
        String page = Files.readString(PAGE);
        assertThat(io.ferric.cli.remote.RemoteCommands.names())
                .allSatisfy(group -> assertThat(page).contains(group));
    }

    private static void help(CommandLine line, String... path) {
        CommandLine at = line;
        for (String word : path) {
            at = at.getSubcommands().get(word);
        }
        assertThat(at.getUsageMessage()).contains("Usage: ferric " + String.join(" ", path));
        for (String next : at.getSubcommands().keySet()) {
            String[] deeper = Arrays.copyOf(path, path.length + 1);
            deeper[path.length] = next;
            help(line, deeper);
        }
    }
}

package io.ferric.cli.remote;

import io.ferric.cli.terminal.Failure;
import io.ferric.cli.terminal.Printer;
import io.ferric.cli.terminal.UsageException;
import io.ferric.client.FerricClient;
import io.ferric.client.RemoteNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** One run of a {@link Leaf}: what was given, and the server it is about. */
final class Invocation {
    /** What is done with each of several. */
    interface Each {
        void with(String id) throws IOException;
    }

    private static final int LONGEST = 100_000_000;

    private final CommandSpec spec;
    private final Map<String, String> environment;
    private Optional<FerricClient> client = Optional.empty();

    Invocation(CommandSpec spec, Map<String, String> environment) {
        this.spec = spec;
        this.environment = environment;
    }

    Optional<String> text(String option) {
        OptionSpec found = spec.findOption(option);
        return found == null ? Optional.empty() : Optional.ofNullable(found.getValue());
    }

    List<String> texts(String option) {
        OptionSpec found = spec.findOption(option);
        List<String> values = found == null ? null : found.getValue();
        return values == null ? List.of() : values;
    }

    boolean flag(String option) {
        OptionSpec found = spec.findOption(option);
        return found != null && Boolean.TRUE.equals(found.<Boolean>getValue());
    }

    /** A whole number, none below zero. */
    Optional<Integer> number(String option) {
        return text(option).map(text -> {
            if (!text.matches("\\d{1,9}") || Integer.parseInt(text) > LONGEST) {
                throw new UsageException(option + " '" + text + "' must be a number from 0 to " + LONGEST);
            }
            return Integer.valueOf(text);
        });
    }

    String positional(int index) {
        return spec.positionalParameters().get(index).getValue();
    }

    List<String> positionals(int index) {
        return spec.positionalParameters().get(index).getValue();
    }

    Printer out() {
        return new Printer(
                spec.commandLine().getOut(),
                spec.findOption("--format").getValue(),
                new ArrayList<>(texts("--column")));
    }

    /** Tells something that is no result. */
    void tell(String sentence) {
        err().println(sentence);
        err().flush();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /** The same client throughout a run. */
    FerricClient client() throws IOException {
        if (client.isEmpty()) {
            int seconds = number("--timeout").orElse(60);
            int retries = number("--max-retries").orElse(5);
            client = Optional.of(new Connection(
                            text("--url"),
                            text("--os-cacert"),
                            text("--os-baremetal-api-version"),
                            Duration.ofSeconds(seconds),
                            retries,
                            environment)
                    .client());
        }
        return client.get();
    }

    /** The node that is the first word. */
    RemoteNode node() throws IOException {
        return client().node(positional(0));
    }

    /** Does it with each, also after one that failed; the exit code. */
    int forEach(List<String> ids, Each work) {
        int code = 0;
        for (String id : ids) {
            try {
                work.with(id);
            } catch (IOException e) {
                tell("ferric: " + (ids.size() > 1 ? id + ": " : "") + Failure.inOneLine(e));
                code = 1;
            }
        }
        return code;
    }
}

package io.ferric.cli.remote;

import io.ferric.cli.terminal.Printer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Stack;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** One command that asks a server, written down as a row of a table: its words, options and what it does. */
final class Leaf {
    /** What a command does; the result is its exit code. */
    interface Action {
        int run(Invocation call) throws IOException;
    }

    /** The same for commands that succeed or throw. */
    interface Work {
        void run(Invocation call) throws IOException;
    }

    private static final int OF_NUMBER = 18;

    private final String path;
    private final CommandSpec spec;
    private Action action = call -> 0;

    private Leaf(String path, String summary) {
        this.path = path;
        Callable<Integer> body = () -> action.run(invocation());
        this.spec = CommandSpec.wrapWithoutInspection(body);
        spec.usageMessage().description(summary);
        spec.mixinStandardHelpOptions(true);
    }

    /** @param path the words after the group's, such as {@code boot device set} */
    static Leaf of(String path, String summary) {
        return new Leaf(path, summary);
    }

    String path() {
        return path;
    }

    CommandSpec spec() {
        return spec;
    }

    /** An option with a value. */
    Leaf option(String name, String label, String description) {
        spec.addOption(OptionSpec.builder(name)
                .paramLabel(label)
                .arity("1")
                .type(String.class)
                .description(description)
                .build());
        return this;
    }

    Leaf required(String name, String label, String description) {
        spec.addOption(OptionSpec.builder(name)
                .paramLabel(label)
                .arity("1")
                .type(String.class)
                .required(true)
                .description(description)
                .build());
        return this;
    }

    /** An option that may be repeated. */
    Leaf repeated(String name, String label, String description) {
        spec.addOption(OptionSpec.builder(name)
                .paramLabel(label)
                .arity("1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description + " May be repeated.")
                .build());
        return this;
    }

    /** An option with one value or more after it. */
    Leaf several(String name, String label, String description) {
        spec.addOption(OptionSpec.builder(name)
                .paramLabel(label)
                .arity("1..*")
                .splitRegex(",")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build());
        return this;
    }

    Leaf flag(String name, String description) {
        spec.addOption(OptionSpec.builder(name)
                .arity("0")
                .type(boolean.class)
                .defaultValue("false")
                .description(description)
                .build());
        return this;
    }

    /** An option whose value, a number, may be left away. */
    Leaf number(String name, String label, String description) {
        spec.addOption(OptionSpec.builder(name)
                .paramLabel(label)
                .arity("0..1")
                .type(String.class)
                .fallbackValue("0")
                .parameterConsumer(Leaf::numberOrNothing)
                .description(description)
                .build());
        return this;
    }

    Leaf positional(String label, String description) {
        int index = spec.positionalParameters().size();
        spec.addPositional(PositionalParamSpec.builder()
                .index(String.valueOf(index))
                .arity("1")
                .paramLabel(label)
                .type(String.class)
                .description(description)
                .build());
        return this;
    }

    Leaf positionals(String label, String description) {
        int index = spec.positionalParameters().size();
        spec.addPositional(PositionalParamSpec.builder()
                .index(index + "..*")
                .arity("1..*")
                .paramLabel(label)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build());
        return this;
    }

    Leaf node() {
        return positional("NODE", "Name or UUID of the node.");
    }

    Leaf nodes() {
        return positionals("NODE", "Names or UUIDs of the nodes.");
    }

    /** The command prints something, in a form to choose. */
    Leaf prints() {
        spec.addOption(OptionSpec.builder("-f", "--format")
                .paramLabel("FORM")
                .arity("1")
                .type(Printer.Format.class)
                .defaultValue("table")
                .description("table, json, yaml or value (default: ${DEFAULT-VALUE}).")
                .build());
        spec.addOption(OptionSpec.builder("-c", "--column")
                .paramLabel("COLUMN")
                .arity("1")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description("Show this column or field only. May be repeated.")
                .build());
        return this;
    }

    Leaf runs(Work work) {
        return ends(call -> {
            work.run(call);
            return 0;
        });
    }

    /** The last part of a row; adds what every command has. */
    Leaf ends(Action does) {
        action = does;
        option("--url", "URL", "The API (default: OS_ENDPOINT, FERRIC_URL or http://127.0.0.1:6385).");
        option("--os-cacert", "FILE", "Certificates (PEM) to verify the server by (default: OS_CACERT).");
        option("--os-baremetal-api-version", "1.N", "The version of the API to speak (default: the server's newest).");
        option("--timeout", "SECONDS", "How long one answer may take (default: 60).");
        option("--max-retries", "N", "How often to ask again while a node is locked or the server busy (default: 5).");
        return this;
    }

    private Invocation invocation() {
        return new Invocation(spec, Map.copyOf(System.getenv()));
    }

    private static void numberOrNothing(
            Stack<String> words, CommandLine.Model.ArgSpec option, CommandLine.Model.CommandSpec command) {
        boolean number = !words.isEmpty()
                && words.peek().length() < OF_NUMBER
                && words.peek().chars().allMatch(Character::isDigit)
                && !words.peek().isEmpty();
        option.setValue(number ? words.pop() : "0");
    }
}

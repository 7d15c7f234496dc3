package io.ferric.cli.remote;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Puts the commands of a group together to a tree; only the one that is run is made, for making all takes a while. */
final class Group {
    private Group() {}

    /**
     * The group as a command.
     *
     * @param words what comes after the group's name on the command line
     */
    static CommandLine of(String name, String summary, Map<String, Supplier<Leaf>> leaves, List<String> words) {
        CommandLine root = new CommandLine(branch(name, summary));
        Optional<String> meant = leaves.keySet().stream()
                .filter(path -> begins(words, Arrays.asList(path.split(" "))))
                .max((one, other) -> one.length() - other.length());
        Map<String, Supplier<Leaf>> made = meant.<Map<String, Supplier<Leaf>>>map(
                        path -> Map.of(path, leaves.get(path)))
                .orElseGet(() -> new LinkedHashMap<>(leaves));
        made.forEach((path, leaf) -> add(root, List.of(path.split(" ")), leaf.get()));
        return root;
    }

    private static boolean begins(List<String> words, List<String> path) {
        return words.size() >= path.size() && words.subList(0, path.size()).equals(path);
    }

    private static void add(CommandLine parent, List<String> path, Leaf leaf) {
        if (path.size() == 1) {
            parent.addSubcommand(path.get(0), leaf.spec());
            return;
        }
        CommandLine next = parent.getSubcommands().get(path.get(0));
        if (next == null) {
            parent.addSubcommand(
                    path.get(0),
                    branch(path.get(0), "See " + parent.getCommandName() + " " + path.get(0) + " --help."));
            next = parent.getSubcommands().get(path.get(0));
        }
        add(next, path.subList(1, path.size()), leaf);
    }

    private static CommandSpec branch(String name, String summary) {
        CommandSpec[] self = new CommandSpec[1];
        Callable<Integer> complain = () -> {
            throw new ParameterException(
                    self[0].commandLine(),
                    "Name what to do: "
                            + String.join(", ", self[0].subcommands().keySet()) + ".");
        };
        self[0] = CommandSpec.wrapWithoutInspection(complain).name(name).mixinStandardHelpOptions(true);
        self[0].usageMessage().description(summary).synopsisSubcommandLabel("COMMAND");
        return self[0];
    }
}

package io.ferric.cli.remote;

import io.ferric.client.Api;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;

/** The groups of commands that ask a server, by name. */
public final class RemoteCommands {
    private static final Map<String, Function<List<String>, CommandLine>> GROUPS = new LinkedHashMap<>();

    static {
        group("node", "Nodes: list and change them, deploy and release them.", NodeCommands::leaves);
        group("port", "The network interfaces of nodes, and bonds of them.", RemoteCommands::ports);
        group("chassis", "What nodes are built into.", () -> ResourceCommands.all(Resource.CHASSIS, ""));
        group("volume", "Volumes that nodes boot from.", RemoteCommands::volumes);
        group("allocation", "Nodes picked by what they are.", () -> ResourceCommands.all(Resource.ALLOCATION, ""));
        group(
                "deploy-template",
                "Steps that traits add to deploys.",
                () -> ResourceCommands.all(Resource.TEMPLATE, ""));
        group("driver", "What can run nodes.", RemoteCommands::drivers);
        group("conductor", "The services that run nodes.", () -> ResourceCommands.reading(Resource.CONDUCTOR, ""));
    }

    private RemoteCommands() {}

    /** The names of the groups. */
    public static List<String> names() {
        return List.copyOf(GROUPS.keySet());
    }

    /**
     * A group as a command of the program.
     *
     * @param words the command line after the group's name; only the command they mean is made, or all when they mean none
     */
    public static CommandLine group(String name, List<String> words) {
        return GROUPS.get(name).apply(words);
    }

    private static void group(String name, String summary, Supplier<Map<String, Supplier<Leaf>>> leaves) {
        GROUPS.put(name, words -> Group.of(name, summary, leaves.get(), words));
    }

    private static Map<String, Supplier<Leaf>> ports() {
        Map<String, Supplier<Leaf>> leaves = ResourceCommands.all(Resource.PORT, "");
        leaves.putAll(ResourceCommands.all(Resource.PORTGROUP, "group"));
        return leaves;
    }

    private static Map<String, Supplier<Leaf>> volumes() {
        Map<String, Supplier<Leaf>> leaves = ResourceCommands.all(Resource.CONNECTOR, "connector");
        leaves.putAll(ResourceCommands.all(Resource.TARGET, "target"));
        return leaves;
    }

    private static Map<String, Supplier<Leaf>> drivers() {
        Map<String, Supplier<Leaf>> leaves = ResourceCommands.reading(Resource.DRIVER, "");
        leaves.put("property list", () -> Leaf.of("property list", "List what a driver wants to know of a node.")
                .positional("DRIVER", "Its name.")
                .prints()
                .runs(call -> NodeCommands.named(
                        call,
                        call.client().api().get("/v1/drivers/" + Api.encoded(call.positional(0)) + "/properties"))));
        leaves.put("passthru list", () -> Leaf.of("passthru list", "List the methods of a driver.")
                .positional("DRIVER", "Its name.")
                .prints()
                .runs(call -> NodeCommands.named(
                        call,
                        call.client()
                                .api()
                                .get("/v1/drivers/" + Api.encoded(call.positional(0)) + "/vendor_passthru/methods"))));
        return leaves;
    }
}

package io.ferric.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.cli.terminal.Column;
import io.ferric.cli.terminal.ProgressMeter;
import io.ferric.cli.terminal.Terminal;
import io.ferric.cli.terminal.UsageException;
import io.ferric.client.Api;
import io.ferric.client.RemoteNode;
import io.ferric.node.PowerAction;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** {@code ferric node}: everything that is asked about one node or many. */
final class NodeCommands {
    private static final String OF_NODE = " of a node.";

    private NodeCommands() {}

    static Map<String, Supplier<Leaf>> leaves() {
        Map<String, Supplier<Leaf>> leaves = ResourceCommands.all(Resource.NODE, "");
        Stream.of(ProvisionVerb.values()).forEach(verb -> leaves.put(verb.command(), () -> verb(verb)));
        power(leaves);
        maintenance(leaves);
        boot(leaves);
        traits(leaves);
        networks(leaves);
        media(leaves);
        passthru(leaves);
        console(leaves);
        reports(leaves);
        return leaves;
    }

    private static Leaf verb(ProvisionVerb verb) {
        Leaf leaf = Leaf.of(verb.command(), verb.summary()).nodes();
        verb.options().forEach(option -> option.addTo(leaf));
        verb.goal()
                .ifPresent(goal -> leaf.number(
                        "--wait", "SECONDS", "Wait until it is " + goal + ", so long at most (default: for ever)."));
        return leaf.ends(call -> provision(call, verb));
    }

    private static int provision(Invocation call, ProvisionVerb verb) throws IOException {
        Map<String, Object> options = new LinkedHashMap<>();
        for (VerbOption option : verb.options()) {
            option.value(call).ifPresent(value -> options.put(option.field(), value));
        }
        List<String> accepted = new ArrayList<>();
        int code = call.forEach(call.positionals(0), id -> {
            call.client().node(id).provision(verb.target(), options);
            accepted.add(id);
        });
        Optional<Integer> patience = call.number("--wait");
        if (verb.goal().isEmpty() || patience.isEmpty()) {
            return code;
        }
        ProgressMeter meter = new ProgressMeter(call.err(), Terminal.attached(), Clock.systemUTC());
        Duration most = Duration.ofSeconds(patience.get());
        return Math.max(code, call.forEach(accepted, id -> call.client()
                .node(id)
                .await(verb.goal().get(), most, new Watching(id, meter))));
    }

    private static void power(Map<String, Supplier<Leaf>> leaves) {
        leaves.put("power on", () -> power("power on", "Switch nodes on.", PowerAction.ON, Optional.empty()));
        leaves.put(
                "power off",
                () -> power("power off", "Switch nodes off.", PowerAction.OFF, Optional.of(PowerAction.SOFT_OFF)));
        leaves.put(
                "reboot",
                () -> power("reboot", "Reboot nodes.", PowerAction.REBOOT, Optional.of(PowerAction.SOFT_REBOOT)));
    }

    private static Leaf power(String path, String summary, PowerAction hard, Optional<PowerAction> soft) {
        Leaf leaf = Leaf.of(path, summary).nodes().option("--power-timeout", "SECONDS", "How long the server may try.");
        soft.ifPresent(action -> leaf.flag("--soft", "Ask its operating system to."));
        return leaf.ends(call -> {
            PowerAction action = call.flag("--soft") ? soft.orElseThrow() : hard;
            Optional<Duration> patience = call.number("--power-timeout").map(Duration::ofSeconds);
            return call.forEach(
                    call.positionals(0), id -> call.client().node(id).power(action.wireName(), patience));
        });
    }

    private static void maintenance(Map<String, Supplier<Leaf>> leaves) {
        leaves.put("maintenance set", () -> Leaf.of("maintenance set", "Take nodes out of service.")
                .nodes()
                .option("--reason", "TEXT", "Why.")
                .ends(call -> call.forEach(call.positionals(0), id -> call.client()
                        .node(id)
                        .maintain(call.text("--reason").orElse("")))));
        leaves.put("maintenance unset", () -> Leaf.of("maintenance unset", "Take nodes into service again.")
                .nodes()
                .ends(call -> call.forEach(
                        call.positionals(0), id -> call.client().node(id).endMaintenance())));
    }

    private static void boot(Map<String, Supplier<Leaf>> leaves) {
        leaves.put("boot device show", () -> Leaf.of("boot device show", "Show what a node boots from.")
                .node()
                .flag("--supported", "Show what it can boot from.")
                .prints()
                .runs(call -> call.out()
                        .show(call.node()
                                .get("management/boot_device" + (call.flag("--supported") ? "/supported" : "")))));
        leaves.put("boot device set", () -> Leaf.of("boot device set", "Say what a node boots from.")
                .node()
                .positional("DEVICE", "Such as pxe, disk, cdrom or bios.")
                .flag("--persistent", "For all boots to come, not the next one only.")
                .runs(call -> call.node().bootFrom(call.positional(1), call.flag("--persistent"))));
        leaves.put("boot mode set", () -> Leaf.of("boot mode set", "Let a node boot by BIOS or UEFI.")
                .node()
                .positional("MODE", "bios or uefi.")
                .runs(call -> call.node().put("states/boot_mode", Map.of("target", call.positional(1)))));
        for (String state : List.of("on", "off")) {
            leaves.put("secure boot " + state, () -> Leaf.of("secure boot " + state, "Turn secure boot " + state + ".")
                    .node()
                    .runs(call -> call.node().put("states/secure_boot", Map.of("target", state.equals("on")))));
        }
        leaves.put("inject nmi", () -> Leaf.of("inject nmi", "Send a non-maskable interrupt to a node.")
                .node()
                .runs(call -> call.node().put("management/inject_nmi", Map.of())));
    }

    private static void traits(Map<String, Supplier<Leaf>> leaves) {
        leaves.put("trait list", () -> Leaf.of("trait list", "List the traits" + OF_NODE)
                .node()
                .prints()
                .runs(call -> rows(call, call.node().get("traits").path("traits"), "name")));
        leaves.put("add trait", () -> Leaf.of("add trait", "Give a node traits it has not yet.")
                .node()
                .positionals("TRAIT", "Such as CUSTOM_GPU.")
                .ends(call -> call.forEach(
                        call.positionals(1), trait -> call.node().put("traits/" + Api.encoded(trait), Map.of()))));
        leaves.put("remove trait", () -> Leaf.of("remove trait", "Take traits from a node.")
                .node()
                .positionals("TRAIT", "Such as CUSTOM_GPU.")
                .ends(call -> call.forEach(
                        call.positionals(1), trait -> call.node().delete("traits/" + Api.encoded(trait)))));
    }

    private static void networks(Map<String, Supplier<Leaf>> leaves) {
        leaves.put("vif list", () -> Leaf.of("vif list", "List the virtual interfaces" + OF_NODE)
                .node()
                .prints()
                .runs(call -> rows(call, call.node().get("vifs").path("vifs"), "id")));
        leaves.put("vif attach", () -> Leaf.of("vif attach", "Attach a virtual interface to a node.")
                .node()
                .positional("VIF", "Its id.")
                .option("--port-uuid", "UUID", "The port it goes to.")
                .repeated("--vif-info", "KEY=VALUE", "More about it.")
                .runs(NodeCommands::attachVif));
        leaves.put("vif detach", () -> Leaf.of("vif detach", "Detach a virtual interface from a node.")
                .node()
                .positional("VIF", "Its id.")
                .runs(call -> call.node().delete("vifs/" + Api.encoded(call.positional(1)))));
    }

    private static void attachVif(Invocation call) throws IOException {
        Map<String, Object> body = new LinkedHashMap<>(Document.pairs("--vif-info", call.texts("--vif-info")));
        body.put("id", call.positional(1));
        call.text("--port-uuid").ifPresent(port -> body.put("port_uuid", port));
        call.node().post("vifs", body);
    }

    private static void media(Map<String, Supplier<Leaf>> leaves) {
        leaves.put("vmedia attach", () -> Leaf.of("vmedia attach", "Put an image into a virtual drive of a node.")
                .node()
                .positional("DEVICE", "cdrom, floppy or disk.")
                .positional("URL", "Where the image is.")
                .runs(call -> call.node()
                        .post("vmedia", Map.of("device_type", call.positional(1), "image_url", call.positional(2)))));
        leaves.put("vmedia detach", () -> Leaf.of("vmedia detach", "Empty the virtual drives of a node.")
                .node()
                .several("--device-types", "DEVICE", "These only.")
                .runs(call -> {
                    List<String> types = call.texts("--device-types");
                    call.node().delete(types.isEmpty() ? "vmedia" : "vmedia?device_types=" + String.join(",", types));
                }));
        leaves.put("vmedia get", () -> Leaf.of("vmedia get", "Show the virtual drives" + OF_NODE)
                .node()
                .prints()
                .runs(call -> print(call, call.node().get("vmedia"))));
    }

    private static void passthru(Map<String, Supplier<Leaf>> leaves) {
        leaves.put("passthru list", () -> Leaf.of("passthru list", "List the methods of a node's driver.")
                .node()
                .prints()
                .runs(call -> named(call, call.node().get("vendor_passthru/methods"))));
        leaves.put("passthru call", () -> Leaf.of("passthru call", "Call a method of a node's driver.")
                .node()
                .positional("METHOD", "Its name.")
                .option("--http-method", "METHOD", "POST (default), PUT, GET, DELETE or PATCH.")
                .repeated("--arg", "KEY=VALUE", "An argument.")
                .prints()
                .runs(NodeCommands::passthru));
    }

    private static void passthru(Invocation call) throws IOException {
        String method = call.text("--http-method").orElse("POST");
        if (!method.matches("POST|PUT|GET|DELETE|PATCH")) {
            throw new UsageException("--http-method '" + method + "': there are POST, PUT, GET, DELETE and PATCH");
        }
        Map<String, JsonNode> arguments = Document.pairs("--arg", call.texts("--arg"));
        boolean bodiless = method.equals("GET") || method.equals("DELETE");
        JsonNode answer = call.node()
                .send(
                        method,
                        "vendor_passthru/" + Api.encoded(call.positional(1)),
                        bodiless && arguments.isEmpty() ? Optional.empty() : Optional.of(arguments));
        if (!answer.isMissingNode()) {
            print(call, answer);
        }
    }

    private static void console(Map<String, Supplier<Leaf>> leaves) {
        leaves.put("console show", () -> Leaf.of("console show", "Show where the console of a node is.")
                .node()
                .prints()
                .runs(call -> call.out().show(call.node().get("states/console"))));
        for (boolean on : List.of(true, false)) {
            String path = on ? "console enable" : "console disable";
            leaves.put(path, () -> Leaf.of(path, "Turn the console of a node " + (on ? "on." : "off."))
                    .node()
                    .runs(call -> call.node().put("states/console", Map.of("enabled", on))));
        }
    }

    private static void reports(Map<String, Supplier<Leaf>> leaves) {
        leaves.put("validate", () -> Leaf.of("validate", "Show what each interface says to the settings of a node.")
                .node()
                .prints()
                .runs(NodeCommands::validate));
        leaves.put("states", () -> Leaf.of("states", "Show where a node stands and where it goes.")
                .node()
                .prints()
                .runs(call -> call.out().show(call.node().get("states"))));
        leaves.put("history list", () -> Leaf.of("history list", "List what happened to a node.")
                .node()
                .flag("--long", "Show every field.")
                .prints()
                .runs(NodeCommands::history));
        leaves.put("history get", () -> Leaf.of("history get", "Show one thing that happened to a node.")
                .node()
                .positional("EVENT", "Its UUID.")
                .prints()
                .runs(call -> print(call, call.node().get("history/" + Api.encoded(call.positional(1))))));
        leaves.put("inventory", () -> Leaf.of("inventory", "Show what a node was found to be made of.")
                .node()
                .prints()
                .runs(call -> call.out().show(call.node().get("inventory"))));
        leaves.put("bios setting list", () -> Leaf.of("bios setting list", "List the BIOS settings" + OF_NODE)
                .node()
                .prints()
                .runs(call -> table(call, call.node().get("bios").path("bios"), List.of("name", "value"))));
        leaves.put("bios setting show", () -> Leaf.of("bios setting show", "Show one BIOS setting" + OF_NODE)
                .node()
                .positional("SETTING", "Its name.")
                .prints()
                .runs(call -> print(
                        call,
                        call.node()
                                .get("bios/" + Api.encoded(call.positional(1)))
                                .path(call.positional(1)))));
        leaves.put("firmware list", () -> Leaf.of("firmware list", "List the firmware" + OF_NODE)
                .node()
                .prints()
                .runs(call -> table(
                        call,
                        call.node().get("firmware").path("firmware"),
                        List.of("component", "initial_version", "current_version", "last_version_flashed"))));
        leaves.put("children", () -> Leaf.of("children", "List the nodes that are parts of a node.")
                .node()
                .prints()
                .runs(call -> rows(call, call.node().get("children").path("children"), "uuid")));
    }

    private static void validate(Invocation call) throws IOException {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        call.node().get("validate").properties().forEach(each -> {
            ObjectNode row = rows.addObject().put("interface", each.getKey());
            row.set("result", each.getValue().path("result"));
            row.set("reason", each.getValue().path("reason"));
        });
        table(call, rows, List.of("interface", "result", "reason"));
    }

    private static void history(Invocation call) throws IOException {
        boolean all = call.flag("--long");
        RemoteNode node = call.node();
        JsonNode events = node.get("history" + (all ? "?detail=true" : "")).path("history");
        table(
                call,
                events,
                all
                        ? List.of("uuid", "created_at", "severity", "event_type", "event", "conductor", "user")
                        : List.of("uuid", "created_at", "severity", "event"));
    }

    /** A list of texts, under one heading. */
    private static void rows(Invocation call, JsonNode list, String heading) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        list.forEach(each -> rows.addObject().set(heading, each.isObject() ? each.path(heading) : each));
        table(call, rows, List.of(heading));
    }

    /** An object of objects, a row each. */
    static void named(Invocation call, JsonNode all) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        all.properties().forEach(each -> {
            ObjectNode row = rows.addObject().put("name", each.getKey());
            if (each.getValue() instanceof ObjectNode facts) {
                row.setAll(facts);
            } else {
                row.set("description", each.getValue());
            }
        });
        table(call, rows, List.of("name", "description"));
    }

    static void table(Invocation call, JsonNode list, List<String> fields) {
        List<JsonNode> rows = new ArrayList<>();
        list.forEach(rows::add);
        call.out().list(fields.stream().map(Column::of).toList(), rows);
    }

    /** Whatever a driver answers with. */
    private static void print(Invocation call, JsonNode answer) {
        call.out()
                .show(
                        answer.isObject()
                                ? answer
                                : JsonNodeFactory.instance.objectNode().set("answer", answer));
    }
}

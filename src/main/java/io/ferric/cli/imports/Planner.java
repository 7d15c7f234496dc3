package io.ferric.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.cli.imports.NodePlan.Next;
import io.ferric.cli.imports.NodePlan.Verdict;
import io.ferric.client.Changes;
import io.ferric.client.Kind;
import io.ferric.node.Masking;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Says node by node what is to happen, from what both sides know; asks nobody and changes nothing. */
final class Planner {
    private static final String ACTIVE = "active";

    /** Work is under way there, and what is copied would be old at once. */
    private static final Set<String> BUSY = Set.of(
            "verifying",
            "deploying",
            "wait call-back",
            "deleting",
            "cleaning",
            "clean wait",
            "inspecting",
            "inspect wait",
            "adopting",
            "rescuing",
            "rescue wait",
            "unrescuing",
            "servicing",
            "service wait");

    /** What Ironic keeps of a node and nobody can be told. */
    private static final List<String> KEPT = List.of("raid_config", "target_raid_config", "allocation_uuid");

    private final Snapshot from;
    private final Snapshot to;
    private final ImportOptions options;

    Planner(Snapshot from, Snapshot to, ImportOptions options) {
        this.from = from;
        this.to = to;
        this.options = options;
    }

    NodePlan plan(ObjectNode node) {
        List<String> notes = new ArrayList<>();
        NodePlan.Request request = request(node, notes);
        Optional<ObjectNode> there =
                to.find(Kind.NODES, "uuid", node.path("uuid").asText());
        if (there.isPresent()) {
            return known(node, there.get(), request);
        }
        List<String> obstacles = new ArrayList<>(obstacles(node, request));
        List<String> missing = fill(node, request.body());
        if (!missing.isEmpty()) {
            String what = "missing: " + String.join(", ", missing) + " (Ironic shows " + Masking.STARS + ")";
            if (options.withoutPasswords()) {
                notes.add(what + "; it stays in enroll");
            } else {
                obstacles.add(what + "; give it in --passwords FILE, or import --without-passwords");
            }
        }
        if (!obstacles.isEmpty()) {
            return new NodePlan(node, Verdict.REFUSED, request, Next.STAY, obstacles);
        }
        Next next = missing.isEmpty() ? next(node, notes) : Next.STAY;
        return new NodePlan(node, Verdict.CREATE, request, next, notes);
    }

    private NodePlan known(ObjectNode node, ObjectNode there, NodePlan.Request request) {
        List<String> notes = new ArrayList<>();
        List<String> different = Copied.different(request.body(), there);
        if (!different.isEmpty()) {
            notes.add("differs here: " + String.join(", ", different));
        }
        if (!new HashSet<>(request.traits()).equals(new HashSet<>(texts(there.path("traits"))))) {
            notes.add("differs here: traits");
        }
        request.parts().forEach((kind, parts) -> compare(kind, parts, notes));
        if (!notes.isEmpty()) {
            return new NodePlan(node, Verdict.DIFFERENT, request, Next.STAY, notes);
        }
        String state = there.path("provision_state").asText();
        boolean adopt =
                options.adopt() && deployed(node) && (state.equals("manageable") || state.equals("adopt failed"));
        return adopt
                ? new NodePlan(node, Verdict.ADOPT, request, Next.ADOPT, unknownInstance(request))
                : new NodePlan(node, Verdict.SAME, request, Next.STAY, notes);
    }

    private void compare(Kind kind, List<ObjectNode> parts, List<String> notes) {
        for (ObjectNode part : parts) {
            String uuid = part.path("uuid").asText();
            Optional<ObjectNode> there = to.find(kind, "uuid", uuid);
            List<String> different =
                    there.map(other -> Copied.different(part, other)).orElse(List.of());
            if (there.isEmpty()) {
                notes.add("is not here: " + kind.key() + " " + uuid);
            } else if (!different.isEmpty()) {
                notes.add("differs here: " + kind.key() + " " + uuid + ": " + String.join(", ", different));
            }
        }
    }

    private NodePlan.Request request(ObjectNode node, List<String> notes) {
        ObjectNode body = Copied.request(Kind.NODES, node, to.version());
        String driver = options.drivers()
                .getOrDefault(node.path("driver").asText(), node.path("driver").asText());
        body.put("driver", driver);
        interfaces(node, driver, body, notes);
        leaveOut(Copied.beyond(Kind.NODES, node, to.version()), "the API here, " + to.version() + ", has none", notes);
        leaveOut(
                KEPT.stream().filter(field -> !Copied.empty(node.path(field))).toList(),
                "it cannot be given to a node",
                notes);
        if (!to.has(Kind.CHASSIS) && body.has("chassis_uuid")) {
            body.remove("chassis_uuid");
            notes.add("left out: chassis_uuid (there are no chassis here)");
        }
        List<String> traits = texts(node.path("traits"));
        if (!to.version().has(37) && !traits.isEmpty()) {
            notes.add("left out: traits (the API here, " + to.version() + ", has none)");
            traits = List.of();
        }
        return new NodePlan.Request(body, late(node), instance(node), traits, parts(node, notes));
    }

    private void interfaces(ObjectNode node, String driver, ObjectNode body, List<String> notes) {
        JsonNode here = to.find(Kind.DRIVERS, "name", driver)
                .<JsonNode>map(found -> found)
                .orElse(body);
        for (String name : Copied.INTERFACES) {
            String field = name + "_interface";
            String value = node.path(field).asText("");
            if (value.isEmpty()) {
                continue;
            }
            List<String> enabled = texts(here.path("enabled_" + name + "_interfaces"));
            if (enabled.contains(value)) {
                body.put(field, value);
            } else {
                notes.add("left out: " + field + " '" + value + "' ("
                        + (enabled.isEmpty() ? driver + " here does not offer a choice" : "here: " + enabled) + ")");
            }
        }
    }

    private static void leaveOut(List<String> fields, String why, List<String> notes) {
        if (!fields.isEmpty()) {
            notes.add("left out: " + String.join(", ", fields) + " (" + why + ")");
        }
    }

    /** Protection would stand in the way of what comes before it. */
    private Changes late(ObjectNode node) {
        Changes late = Changes.none();
        for (String word : List.of("protected", "retired")) {
            boolean known = to.version().has(word.equals("protected") ? 48 : 61);
            if (known && node.path(word).asBoolean()) {
                late = late.set("/" + word, true);
                JsonNode reason = node.path(word + "_reason");
                late = Copied.empty(reason) ? late : late.set("/" + word + "_reason", reason);
            }
        }
        return late;
    }

    private static Changes instance(ObjectNode node) {
        Changes instance = Changes.none();
        if (!Copied.empty(node.path("instance_uuid"))) {
            instance = instance.set("/instance_uuid", node.path("instance_uuid"));
        }
        ObjectNode info = node.path("instance_info").deepCopy() instanceof ObjectNode known ? known : node.objectNode();
        info.remove(StreamSupport.stream(((Iterable<String>) info::fieldNames).spliterator(), false)
                .filter(key -> stars(info.path(key)))
                .toList());
        return info.isEmpty() ? instance : instance.set("/instance_info", info);
    }

    private Map<Kind, List<ObjectNode>> parts(ObjectNode node, List<String> notes) {
        Map<Kind, List<ObjectNode>> parts = new EnumMap<>(Kind.class);
        for (Kind kind : Snapshot.PARTS) {
            List<ObjectNode> all = from.of(kind, node.path("uuid").asText());
            if (all.isEmpty()) {
                continue;
            }
            if (!to.has(kind)) {
                notes.add("left out: " + all.size() + " " + kind.key() + " (there are none here)");
                continue;
            }
            all.forEach(each -> leaveOut(
                    Copied.beyond(kind, each, to.version()),
                    kind.key() + " here, in " + to.version() + ", have none",
                    notes));
            parts.put(
                    kind,
                    all.stream()
                            .map(each -> withoutStars(kind, Copied.request(kind, each, to.version()), notes))
                            .toList());
        }
        return parts;
    }

    /** Targets of volumes hold passwords too. */
    private static ObjectNode withoutStars(Kind kind, ObjectNode part, List<String> notes) {
        if (part.path("properties") instanceof ObjectNode properties) {
            List<String> hidden = properties.properties().stream()
                    .filter(each -> stars(each.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!hidden.isEmpty()) {
                ObjectNode rest = properties.deepCopy();
                rest.remove(hidden);
                part.set("properties", rest);
                notes.add("missing: " + kind.key() + " " + part.path("uuid").asText() + ": " + String.join(", ", hidden)
                        + " (Ironic shows " + Masking.STARS + "; set it by hand)");
            }
        }
        return part;
    }

    private List<String> obstacles(ObjectNode node, NodePlan.Request request) {
        List<String> obstacles = new ArrayList<>();
        String state = node.path("provision_state").asText();
        if (BUSY.contains(state)) {
            obstacles.add("it is '" + state + "' in Ironic; wait until that is done");
        }
        String driver = request.body().path("driver").asText();
        if (to.find(Kind.DRIVERS, "name", driver).isEmpty()) {
            obstacles.add("there is no driver '" + driver + "' here, but "
                    + to.all(Kind.DRIVERS).stream()
                            .map(each -> each.path("name").asText())
                            .collect(Collectors.joining(", "))
                    + "; --map-driver " + driver + "=NAME takes another");
        }
        String name = request.body().path("name").asText("");
        if (!name.isEmpty() && to.find(Kind.NODES, "name", name).isPresent()) {
            obstacles.add("its name '" + name + "' is that of another node here");
        }
        for (ObjectNode port : request.parts().getOrDefault(Kind.PORTS, List.of())) {
            String address = port.path("address").asText();
            to.find(Kind.PORTS, "address", address)
                    .ifPresent(taken -> obstacles.add("its MAC " + address + " is that of node "
                            + taken.path("node_uuid").asText() + " here"));
        }
        return obstacles;
    }

    /** Puts the passwords in; the fields whose passwords are not known are taken out and told. */
    private List<String> fill(ObjectNode node, ObjectNode body) {
        List<String> missing = new ArrayList<>();
        if (!(body.path("driver_info") instanceof ObjectNode told)) {
            return missing;
        }
        ObjectNode info = told.deepCopy();
        for (Map.Entry<String, JsonNode> each : told.properties()) {
            if (stars(each.getValue())) {
                Optional<JsonNode> password = options.passwords().of(node, each.getKey());
                password.ifPresentOrElse(real -> info.set(each.getKey(), real), () -> {
                    info.remove(each.getKey());
                    missing.add("driver_info/" + each.getKey());
                });
            }
        }
        body.set("driver_info", info);
        return missing;
    }

    private Next next(ObjectNode node, List<String> notes) {
        String state = node.path("provision_state").asText();
        if (state.equals("enroll")) {
            return Next.STAY;
        }
        if (!deployed(node)) {
            return Next.MANAGE;
        }
        if (!state.equals(ACTIVE)) {
            notes.add("it is '" + state + "' in Ironic, which cannot be adopted; it comes as manageable");
            return Next.MANAGE;
        }
        if (!options.adopt()) {
            notes.add("its instance stays unknown here: it comes as manageable, --adopt takes the instance over");
            return Next.MANAGE;
        }
        return Next.ADOPT;
    }

    private static List<String> unknownInstance(NodePlan.Request request) {
        return request.instance().isEmpty() ? List.of("Ironic knows nothing of its instance") : List.of();
    }

    private static boolean deployed(ObjectNode node) {
        String state = node.path("provision_state").asText();
        return state.equals(ACTIVE)
                || state.startsWith("rescue")
                || state.startsWith("unrescue")
                || state.startsWith("service")
                || !Copied.empty(node.path("instance_uuid"));
    }

    private static boolean stars(JsonNode value) {
        return value.isTextual() && value.textValue().equals(Masking.STARS);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }
}

package io.ferric.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.client.Kind;
import io.ferric.client.Microversion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fields that are copied, by kind, and the microversion 1.n since which they can be given. Source: Ironic's REST API
 * version history.
 */
final class Copied {
    static final List<String> INTERFACES = List.of(
            "bios",
            "boot",
            "console",
            "deploy",
            "firmware",
            "inspect",
            "management",
            "network",
            "power",
            "raid",
            "rescue",
            "storage",
            "vendor");

    private static final Map<Kind, Map<String, Integer>> FIELDS = Map.of(
            Kind.NODES,
            fields("uuid:1 name:5 driver:1 driver_info:1 properties:1 extra:1 chassis_uuid:1 resource_class:21"
                    + " conductor_group:46 automated_clean:47 owner:50 description:51 lessee:65 network_data:66"
                    + " shard:82 parent_node:83"),
            Kind.PORTS,
            fields("uuid:1 address:1 node_uuid:1 extra:1 local_link_connection:19 pxe_enabled:19 portgroup_uuid:24"
                    + " physical_network:34 is_smartnic:53 name:88"),
            Kind.PORTGROUPS,
            fields("uuid:23 address:23 name:23 node_uuid:23 extra:23 standalone_ports_supported:23 mode:26"
                    + " properties:26"),
            Kind.VOLUME_CONNECTORS,
            fields("uuid:32 node_uuid:32 type:32 connector_id:32 extra:32"),
            Kind.VOLUME_TARGETS,
            fields("uuid:32 node_uuid:32 volume_type:32 volume_id:32 boot_index:32 properties:32 extra:32"),
            Kind.CHASSIS,
            fields("uuid:1 description:1 extra:1"),
            Kind.DEPLOY_TEMPLATES,
            fields("uuid:55 name:55 steps:55 extra:55"));

    /** What a server means that is not told, so that it need not be. */
    private static final Set<String> USUAL = Set.of("pxe_enabled=true", "is_smartnic=false");

    private Copied() {}

    /** A request to create what is known of something, of the fields the server can be given. */
    static ObjectNode request(Kind kind, JsonNode from, Microversion version) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        FIELDS.get(kind).forEach((field, since) -> {
            JsonNode value = from.path(field);
            if (version.has(since) && !empty(value) && !USUAL.contains(field + "=" + value)) {
                body.set(field, value);
            }
        });
        return body;
    }

    /** Fields with a value that a server of this version cannot be given. */
    static List<String> beyond(Kind kind, JsonNode from, Microversion version) {
        return FIELDS.get(kind).entrySet().stream()
                .filter(field -> !version.has(field.getValue()) && !empty(from.path(field.getKey())))
                .map(Map.Entry::getKey)
                .filter(field -> !USUAL.contains(field + "=" + from.path(field)))
                .toList();
    }

    /** The fields of both that do not say the same. */
    static List<String> different(ObjectNode wanted, JsonNode there) {
        return Stream.of(wanted)
                .flatMap(all -> all.properties().stream())
                .filter(field -> !same(field.getValue(), there.path(field.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    static boolean empty(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || value.isContainerNode() && value.isEmpty()
                || value.isTextual() && value.textValue().isEmpty();
    }

    private static boolean same(JsonNode one, JsonNode other) {
        boolean textual = one.isTextual() && other.isTextual();
        return textual ? one.textValue().equalsIgnoreCase(other.textValue()) : one.equals(other);
    }

    private static Map<String, Integer> fields(String table) {
        Map<String, Integer> fields = new LinkedHashMap<>();
        for (String field : table.split(" ")) {
            fields.put(
                    field.substring(0, field.indexOf(':')), Integer.valueOf(field.substring(field.indexOf(':') + 1)));
        }
        return fields;
    }
}

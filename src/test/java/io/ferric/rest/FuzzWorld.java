package io.ferric.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One of everything the API has, made anew now and then, for what is fuzzed is deleted or stuck before long. */
final class FuzzWorld {
    /** In driver_info of every node; no answer may show it. */
    static final String SECRET = "hidden-word-of-the-bmc";

    private static final String REFERENCE = "#/components/schemas/";

    private final LiveApi api;
    private final JsonNode document;
    /** By the segment before the parameter. */
    private final Map<String, String> samples = new HashMap<>();

    private final Map<String, String> bodies = new HashMap<>();
    private int count;

    FuzzWorld(LiveApi api) {
        this.api = api;
        this.document = api.ask("GET", "/v1/openapi.json", Optional.empty()).json();
        samples.put("drivers", "fake-hardware");
        samples.put("conductors", api.sample("conductor"));
        samples.putAll(Map.of("traits", "CUSTOM_A", "methods", "x", "vifs", "v1", "indicators", "chassis@led"));
    }

    JsonNode paths() {
        return document.get("paths");
    }

    /** Makes one of each. What cannot be made is left as it was. */
    void renew() {
        String name = "n" + count++;
        String mac = "52:54:%02x:%02x:%02x:01".formatted(count >> 16 & 255, count >> 8 & 255, count & 255);
        make("nodes", "/v1/nodes", """
                {"driver": "fake-hardware", "name": "%s", "resource_class": "bm", "owner": "p-one",
                 "driver_info": {"ilo_password": "%s", "ilo_address": "bmc"}}""".formatted(name, SECRET));
        String node = "\"node_uuid\": \"" + samples.getOrDefault("nodes", LiveApi.NOBODY) + "\"";
        make("portgroups", "/v1/portgroups", "{" + node + "}");
        make("ports", "/v1/ports", "{" + node + ", \"address\": \"" + mac + "\"}");
        make(
                "connectors",
                "/v1/volume/connectors",
                "{" + node + ", \"type\": \"iqn\", \"connector_id\": \"iqn.2026-01.x:" + name + "\"}");
        make(
                "targets",
                "/v1/volume/targets",
                "{" + node + ", \"volume_type\": \"iscsi\", \"volume_id\": \"v\", \"boot_index\": " + count + "}");
        make("chassis", "/v1/chassis", "{}");
        make("allocations", "/v1/allocations", "{\"resource_class\": \"bm\"}");
        make("deploy_templates", "/v1/deploy_templates", """
                {"name": "CUSTOM_T%d", "steps": [{"interface": "bios", "step": "s", "args": {}, "priority": 0}]}""".formatted(count));
    }

    private void make(String kind, String path, String body) {
        bodies.put(path, body);
        Served.Answer answer = api.ask("POST", path, Optional.of(body));
        if (answer.status() == 201) {
            samples.put(kind, answer.json().get("uuid").textValue());
        } else if (answer.status() >= 500 || count == 1) {
            throw new AssertionError(kind + ": " + answer.status() + " " + answer.body());
        }
    }

    /** A body that the path takes, as far as there is such. */
    String bodyFor(String path) {
        return bodies.getOrDefault(path, "{}");
    }

    /** A value for the parameter behind this segment: that of what is there, else one of nobody. */
    String sample(String before) {
        return samples.getOrDefault(before, LiveApi.NOBODY);
    }

    /** The path with a sample in the place of each parameter. */
    String filled(String path) {
        StringBuilder all = new StringBuilder();
        String before = "";
        for (String part : path.substring(1).split("/")) {
            all.append('/').append(part.startsWith("{") ? sample(before) : part);
            before = part;
        }
        return all.toString();
    }

    /** Properties of what this operation takes: its own, those of the list it adds to, or of what it changes. */
    JsonNode properties(String path, JsonNode operation) {
        JsonNode own = operation.at("/requestBody/content/application~1json/schema/properties");
        if (!own.isMissingNode()) {
            return own;
        }
        boolean oneOfMany = path.endsWith("}") && path.indexOf('{') == path.lastIndexOf('{');
        if (path.contains("{") && !oneOfMany) {
            return own;
        }
        String collection = List.of(path.split("/\\{")).get(0);
        JsonNode listed = paths().path(collection).at("/get/responses/200/content/application~1json/schema/properties");
        for (JsonNode each : listed) {
            String reference = each.at("/items/$ref").asText();
            if (reference.startsWith(REFERENCE)) {
                return document.at("/components/schemas/" + reference.substring(REFERENCE.length()) + "/properties");
            }
        }
        return own;
    }

    /** Something with a name of its own. */
    static String fresh() {
        return UUID.randomUUID().toString();
    }
}

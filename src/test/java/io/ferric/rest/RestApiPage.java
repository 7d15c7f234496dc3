package io.ferric.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The part of docs/rest-api.md that tells every resource, written from the OpenAPI document. */
final class RestApiPage {
    static final String BEGIN = "<!-- from openapi.json: begin -->\n";
    static final String END = "<!-- from openapi.json: end -->\n";

    private RestApiPage() {}

    /** The page with its generated part anew. */
    static String of(String page, JsonNode document) {
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        return page.substring(0, begin) + "\n" + resources(document) + page.substring(page.indexOf(END));
    }

    private static String resources(JsonNode document) {
        Map<String, List<String>> rows = new TreeMap<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(each -> rows.computeIfAbsent(
                                each.getValue().at("/tags/0").textValue(), tag -> new ArrayList<>())
                        .add(row(each.getKey(), path.getKey(), each.getValue()))));
        StringBuilder text = new StringBuilder();
        document.get("tags").forEach(tag -> text.append("### ")
                .append(tag.get("name").textValue())
                .append("\n\n")
                .append(tag.path("description").asText())
                .append("\n\n| method and path | since | answers | what it does |\n|---|---|---|---|\n")
                .append(String.join("", rows.get(tag.get("name").textValue())))
                .append("\n"));
        return text.toString();
    }

    private static String row(String verb, String path, JsonNode operation) {
        return "| " + verb.toUpperCase(Locale.ROOT) + " `" + path.replaceAll("\\{(\\w+)}", "<$1>") + "` | "
                + operation.path("x-since").asText() + " | " + statuses(operation) + " | "
                + operation.path("summary").asText().replace("|", "\\|") + names(" Body: ", bodyNames(operation))
                + names(" Query: ", queryNames(operation)) + " |\n";
    }

    private static String statuses(JsonNode operation) {
        return operation.get("responses").properties().stream()
                .map(Map.Entry::getKey)
                .filter(each -> !each.equals("default"))
                .collect(Collectors.joining(", "));
    }

    private static Stream<String> bodyNames(JsonNode operation) {
        JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
        return schema.has("$ref")
                ? Stream.empty()
                : schema.path("properties").properties().stream().map(Map.Entry::getKey);
    }

    private static Stream<String> queryNames(JsonNode operation) {
        return StreamSupport.stream(operation.path("parameters").spliterator(), false)
                .filter(each -> each.path("in").asText().equals("query"))
                .map(each -> each.get("name").textValue());
    }

    private static String names(String what, Stream<String> names) {
        String all = names.map(each -> "`" + each + "`").collect(Collectors.joining(", "));
        return all.isEmpty() ? "" : what + all + ".";
    }
}

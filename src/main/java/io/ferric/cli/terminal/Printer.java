package io.ferric.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints lists and single things in the form that was asked for, as OpenStack's client would. */
public final class Printer {
    /** The forms there are. */
    public enum Format {
        TABLE,
        JSON,
        YAML,
        VALUE
    }

    private final PrintWriter out;
    private final Format format;
    private final List<String> wanted;

    /** @param wanted the columns or fields to show, by name or label; all when empty */
    public Printer(PrintWriter out, Format format, List<String> wanted) {
        this.out = out;
        this.format = format;
        this.wanted = wanted;
    }

    /** A list, a row each. */
    public void list(List<Column> columns, List<? extends JsonNode> rows) {
        List<Column> shown = chosen(columns);
        switch (format) {
            case TABLE ->
                table(
                        shown.stream().map(Column::label).toList(),
                        rows.stream().map(row -> cells(shown, row)).toList());
            case VALUE -> rows.forEach(row -> out.println(String.join(" ", cells(shown, row))));
            default -> {
                ArrayNode all = JsonNodeFactory.instance.arrayNode();
                rows.forEach(row -> all.add(renamed(shown, row)));
                structured(all);
            }
        }
        out.flush();
    }

    /** One thing, a line a field. */
    public void show(JsonNode thing) {
        Map<String, JsonNode> fields = new TreeMap<>();
        thing.properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        List<Column> shown = chosen(fields.keySet().stream().map(Column::of).toList());
        switch (format) {
            case TABLE ->
                table(
                        List.of("Field", "Value"),
                        shown.stream()
                                .map(column -> List.of(column.field(), words(fields.get(column.field()))))
                                .toList());
            case VALUE -> shown.forEach(column -> out.println(words(fields.get(column.field()))));
            default -> {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                shown.forEach(column -> object.set(column.field(), fields.get(column.field())));
                structured(object);
            }
        }
        out.flush();
    }

    private List<Column> chosen(List<Column> columns) {
        if (wanted.isEmpty()) {
            return columns;
        }
        List<Column> chosen = new ArrayList<>();
        for (String name : wanted) {
            chosen.add(columns.stream()
                    .filter(column -> column.named(name))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("-c '" + name + "' is no column here; there are "
                            + columns.stream().map(Column::label).collect(Collectors.joining(", ")))));
        }
        return chosen;
    }

    private void structured(JsonNode value) {
        try {
            ObjectMapper mapper = format == Format.YAML
                    ? new ObjectMapper(new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER))
                    : new ObjectMapper();
            out.println(mapper.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(value)
                    .stripTrailing());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode renamed(List<Column> columns, JsonNode row) {
        ObjectNode renamed = JsonNodeFactory.instance.objectNode();
        columns.forEach(column -> renamed.set(column.label(), value(row, column)));
        return renamed;
    }

    private static JsonNode value(JsonNode row, Column column) {
        JsonNode value = row.get(column.field());
        return value == null ? NullNode.getInstance() : value;
    }

    private static List<String> cells(List<Column> columns, JsonNode row) {
        return columns.stream().map(column -> words(value(row, column))).toList();
    }

    /** Scripts that read what OpenStack's client prints look for Python's words. */
    private static String words(JsonNode value) {
        if (value.isNull() || value.isMissingNode()) {
            return "None";
        }
        if (value.isBoolean()) {
            return value.booleanValue() ? "True" : "False";
        }
        return value.isTextual() ? value.textValue() : value.toString();
    }

    private void table(List<String> head, List<List<String>> rows) {
        int[] widths = new int[head.size()];
        Stream.concat(Stream.of(head), rows.stream()).forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = row.get(i).lines().mapToInt(Printer::width).reduce(widths[i], Math::max);
            }
        });
        StringBuilder rule = new StringBuilder("+");
        for (int width : widths) {
            rule.append("-".repeat(width + 2)).append('+');
        }
        out.println(rule);
        row(head, widths);
        out.println(rule);
        rows.forEach(row -> row(row, widths));
        if (!rows.isEmpty()) {
            out.println(rule);
        }
    }

    /** A text of several lines makes a row of several lines. */
    private void row(List<String> cells, int[] widths) {
        List<List<String>> lines =
                cells.stream().map(cell -> cell.lines().toList()).toList();
        int height = lines.stream().mapToInt(List::size).max().orElse(1);
        for (int line = 0; line < Math.max(1, height); line++) {
            StringBuilder text = new StringBuilder("|");
            for (int i = 0; i < widths.length; i++) {
                String part =
                        line < lines.get(i).size() ? printable(lines.get(i).get(line)) : "";
                text.append(' ')
                        .append(part)
                        .append(" ".repeat(widths[i] - width(part)))
                        .append(" |");
            }
            out.println(text);
        }
    }

    /** What a server sends must not steer the terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static int width(String text) {
        return text.codePointCount(0, text.length());
    }
}

package io.ferric.cli.imports;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.cli.terminal.Column;
import io.ferric.cli.terminal.Printer;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an import does and did, told while it goes on, and the sums at its end. */
final class ImportReport {
    private static final List<String> OUTCOMES = List.of("created", "same", "different", "refused", "failed");

    private final PrintWriter out;
    private final boolean quiet;
    private final Map<String, Map<String, Integer>> sums = new TreeMap<>();
    private final ArrayNode entries = JsonNodeFactory.instance.arrayNode();

    /** @param quiet whether only the JSON at the end is wanted */
    ImportReport(PrintWriter out, boolean quiet) {
        this.out = out;
        this.quiet = quiet;
    }

    /**
     * Tells of one thing.
     *
     * @param outcome one of created, same, different, refused, failed
     */
    void tell(String kind, String label, String outcome, String words, List<String> notes) {
        sums.computeIfAbsent(kind, unused -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
        ObjectNode entry = entries.addObject()
                .put("kind", kind)
                .put("name", label)
                .put("outcome", outcome)
                .put("words", words);
        notes.forEach(entry.putArray("notes")::add);
        if (!quiet) {
            out.printf("%-9s %s %s%s%n", outcome, kind, label, words.isEmpty() ? "" : ": " + words);
            notes.forEach(note -> out.printf("          %s%n", note));
            out.flush();
        }
    }

    /** 0 when all of Ironic's is here now, or would be; 1 when not. */
    int end(boolean applied) {
        if (quiet) {
            out.println(entries.toPrettyString());
        } else {
            out.println();
            List<ObjectNode> rows = new ArrayList<>();
            sums.forEach((kind, counts) -> {
                ObjectNode row = JsonNodeFactory.instance.objectNode().put("kind", kind);
                OUTCOMES.forEach(outcome -> row.put(outcome, counts.getOrDefault(outcome, 0)));
                rows.add(row);
            });
            List<Column> columns = new ArrayList<>(List.of(new Column("kind", "Kind")));
            columns.add(new Column("created", applied ? "Created" : "To create"));
            columns.add(new Column("same", "Here and equal"));
            columns.add(new Column("different", "Here and different"));
            columns.add(new Column("refused", "Not taken"));
            columns.add(new Column("failed", "Failed"));
            new Printer(out, Printer.Format.TABLE, List.of()).list(columns, rows);
            if (!applied) {
                out.println("Nothing was changed; --apply does it.");
            }
        }
        out.flush();
        boolean whole = sums.values().stream()
                .flatMap(counts -> counts.keySet().stream())
                .allMatch(outcome -> outcome.equals("created") || outcome.equals("same"));
        return whole ? 0 : 1;
    }
}

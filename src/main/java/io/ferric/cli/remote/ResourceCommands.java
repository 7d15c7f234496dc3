package io.ferric.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ferric.cli.terminal.Column;
import io.ferric.cli.terminal.UsageException;
import io.ferric.client.Changes;
import io.ferric.client.Listing;
import io.ferric.client.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The commands every {@link Resource} has, made from its fields. */
final class ResourceCommands {
    /** Where more is found; nothing a person asked for. */
    private static final Set<String> LINKS = Set.of("links", "ports", "portgroups", "states", "volume");

    private static final int PAGE = 1000;

    private final Resource resource;
    private final String prefix;

    private ResourceCommands(Resource resource, String prefix) {
        this.resource = resource;
        this.prefix = prefix;
    }

    /**
     * List and show.
     *
     * @param prefix words before the verb, such as {@code connector}; empty for none
     */
    static Map<String, Supplier<Leaf>> reading(Resource resource, String prefix) {
        ResourceCommands commands = new ResourceCommands(resource, prefix.isEmpty() ? "" : prefix + " ");
        Map<String, Supplier<Leaf>> leaves = new LinkedHashMap<>();
        leaves.put(commands.prefix + "list", commands::list);
        leaves.put(commands.prefix + "show", commands::show);
        return leaves;
    }

    /** All five. */
    static Map<String, Supplier<Leaf>> all(Resource resource, String prefix) {
        ResourceCommands commands = new ResourceCommands(resource, prefix.isEmpty() ? "" : prefix + " ");
        Map<String, Supplier<Leaf>> leaves = reading(resource, prefix);
        leaves.put(commands.prefix + "create", commands::create);
        leaves.put(commands.prefix + "set", commands::set);
        leaves.put(commands.prefix + "unset", commands::unset);
        leaves.put(commands.prefix + "delete", commands::delete);
        return leaves;
    }

    private Leaf list() {
        Leaf leaf = Leaf.of(prefix + "list", "List every " + resource.noun() + ".")
                .flag("--long", "Show every field.")
                .several("--fields", "FIELD", "Show these fields, one or more.")
                .option("--limit", "N", "So many at most; 0 for all (default).")
                .option("--marker", "UUID", "Those after this one.")
                .option("--sort", "FIELD[:asc|desc]", "Sort by this field.");
        for (Filter filter : resource.filters()) {
            if (filter.value().isPresent()) {
                leaf.flag(filter.option(), filter.description());
            } else {
                leaf.option(filter.option(), "TEXT", filter.description());
            }
        }
        return leaf.prints().runs(this::list);
    }

    private void list(Invocation call) throws IOException {
        List<String> fields = call.texts("--fields");
        if (call.flag("--long") && !fields.isEmpty()) {
            throw new UsageException("--long and --fields exclude each other");
        }
        int limit = call.number("--limit").orElse(0);
        List<ObjectNode> rows = limited(records(call), listing(call, fields, limit), limit);
        Set<String> columns = new LinkedHashSet<>(fields.isEmpty() ? resource.summary() : fields);
        if (call.flag("--long")) {
            rows.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
            columns.removeAll(LINKS);
        }
        call.out().list(columns.stream().map(Column::of).toList(), rows);
    }

    private Listing listing(Invocation call, List<String> fields, int limit) {
        Listing listing = call.flag("--long") ? Listing.details() : Listing.all();
        if (!fields.isEmpty()) {
            listing = listing.fields(fields);
        }
        if (limit > 0) {
            listing = listing.limit(Math.min(limit, PAGE));
        }
        Optional<String> marker = call.text("--marker");
        if (marker.isPresent()) {
            listing = listing.with("marker", marker.get());
        }
        for (Filter filter : resource.filters()) {
            Optional<String> value = filter.value().isPresent()
                    ? filter.value().filter(v -> call.flag(filter.option()))
                    : call.text(filter.option());
            if (value.isPresent()) {
                listing = listing.with(filter.parameter(), value.get());
            }
        }
        return sorted(call, listing);
    }

    private static Listing sorted(Invocation call, Listing listing) {
        Optional<String> sort = call.text("--sort");
        if (sort.isEmpty()) {
            return listing;
        }
        String[] parts = sort.get().split(":", 2);
        String direction = parts.length > 1 ? parts[1] : "asc";
        if (!direction.equals("asc") && !direction.equals("desc")) {
            throw new UsageException("--sort '" + sort.get() + "' must be FIELD, FIELD:asc or FIELD:desc");
        }
        return listing.with("sort_key", parts[0]).with("sort_dir", direction);
    }

    private static List<ObjectNode> limited(Records<ObjectNode> records, Listing what, int limit) throws IOException {
        try (Stream<ObjectNode> all = records.stream(what)) {
            return (limit > 0 ? all.limit(limit) : all).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Leaf show() {
        return Leaf.of(prefix + "show", "Show one " + resource.noun() + ".")
                .positional(resource.label(), "Its UUID, or its name if it has one.")
                .several("--fields", "FIELD", "Show these fields, one or more.")
                .prints()
                .runs(call -> {
                    List<String> fields = call.texts("--fields");
                    String id = call.positional(0);
                    print(
                            call,
                            fields.isEmpty()
                                    ? records(call).get(id)
                                    : records(call).get(id, fields));
                });
    }

    private Leaf create() {
        Leaf leaf = Leaf.of(prefix + "create", "Create a " + resource.noun() + ".");
        resource.positional()
                .ifPresent(name -> leaf.positional(name.toUpperCase(java.util.Locale.ROOT), "Its " + name + "."));
        resource.fields(Field.Use.CREATE).forEach(field -> FieldOptions.add(leaf, field, field.in(Field.Use.REQUIRED)));
        return leaf.prints().runs(call -> {
            Map<String, Object> body = new LinkedHashMap<>();
            resource.positional().ifPresent(name -> body.put(name, call.positional(0)));
            for (Field field : resource.fields(Field.Use.CREATE).toList()) {
                FieldOptions.value(call, field).ifPresent(value -> body.put(field.name(), value));
            }
            print(call, records(call).create(body));
        });
    }

    private Leaf set() {
        Leaf leaf = Leaf.of(prefix + "set", "Give fields of a " + resource.noun() + " other values.")
                .positional(resource.label(), "Its UUID, or its name if it has one.");
        resource.fields(Field.Use.SET).forEach(field -> FieldOptions.add(leaf, field, false));
        return leaf.runs(call -> {
            Changes changes = Changes.none();
            for (Field field : resource.fields(Field.Use.SET).toList()) {
                changes = FieldOptions.set(call, field, changes);
            }
            change(call, changes);
        });
    }

    private Leaf unset() {
        Leaf leaf = Leaf.of(prefix + "unset", "Take values of a " + resource.noun() + " away.")
                .positional(resource.label(), "Its UUID, or its name if it has one.");
        resource.fields(Field.Use.UNSET).forEach(field -> FieldOptions.addUnset(leaf, field));
        return leaf.runs(call -> {
            Changes changes = Changes.none();
            for (Field field : resource.fields(Field.Use.UNSET).toList()) {
                changes = FieldOptions.unset(call, field, changes);
            }
            change(call, changes);
        });
    }

    private void change(Invocation call, Changes changes) throws IOException {
        if (changes.isEmpty()) {
            throw new UsageException("name at least one field to change; --help lists them");
        }
        records(call).update(call.positional(0), changes);
    }

    private Leaf delete() {
        return Leaf.of(prefix + "delete", "Delete one " + resource.noun() + " or more.")
                .positionals(resource.label(), "UUIDs, or names if they have some.")
                .ends(call -> call.forEach(call.positionals(0), id -> {
                    records(call).delete(id);
                    call.tell("Deleted " + resource.noun() + " " + id);
                }));
    }

    private Records<ObjectNode> records(Invocation call) throws IOException {
        return call.client().records(resource.kind());
    }

    private static void print(Invocation call, ObjectNode thing) {
        JsonNode shown = thing.deepCopy().without(LINKS);
        call.out().show(shown);
    }
}

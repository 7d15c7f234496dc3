package io.ferric.store;

import io.ferric.node.Conflict;
import io.ferric.node.Entry;
import io.ferric.node.EntryQuery;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The entries of one kind. Safe for use by many threads. */
public final class RecordStore<T extends Record & Entry> {
    private final Sql sql;
    private final Table<T> table;
    private final Columns<T> columns;

    RecordStore(Sql sql, Table<T> table) {
        this.sql = sql;
        this.table = table;
        this.columns = new Columns<>(table.type());
    }

    public Table<T> table() {
        return table;
    }

    /** @throws Conflict when the UUID, or another value that must be unique, is taken */
    public void insert(T entry, Instant now) {
        Map<String, Object> row = columns.of(entry);
        row.put("created_at", now);
        row.put("updated_at", Optional.empty());
        write(entry, () -> sql.insert(table.name(), row));
    }

    /** @throws Conflict when a value that must be unique is taken */
    public void save(T entry, Instant now) {
        Map<String, Object> row = columns.of(entry);
        row.remove("uuid");
        row.remove("created_at");
        row.put("updated_at", now);
        write(entry, () -> sql.update(table.name(), row, entry.uuid()));
    }

    /** Nobody else changes the entry before the transaction that this is called in has ended. */
    public void lock(UUID uuid) {
        sql.lock(table.name(), uuid);
    }

    public boolean delete(UUID uuid) {
        return sql.update("delete from " + table.name() + " where uuid = ?", uuid) == 1;
    }

    public Optional<T> find(UUID uuid) {
        return first("uuid", uuid);
    }

    /** The entry whose column has this value. */
    public Optional<T> first(String column, Object value) {
        return list(EntryQuery.all().where(column, value).limit(1)).stream().findFirst();
    }

    /**
     * @throws InvalidRequest when it cannot be sorted by that field
     * @throws IllegalArgumentException when a filter names what is no column
     */
    public List<T> list(EntryQuery query) {
        query.filters().keySet().stream()
                .filter(each -> !columns.comparable(each))
                .findFirst()
                .ifPresent(each -> {
                    throw new IllegalArgumentException(each + " of " + table.name());
                });
        if (!columns.comparable(query.sortKey())) {
            throw EntryListing.unsortable(query);
        }
        return EntryListing.list(
                sql, columns.names(), table.name(), query, columns.nullable(query.sortKey()), columns::value);
    }

    private void write(T entry, Runnable statement) {
        try {
            statement.run();
        } catch (Sql.NotUnique e) {
            throw table.uniques().stream()
                    .filter(each -> e.by(each.constraint()))
                    .findFirst()
                    .map(each -> new Conflict(each.code(), each.message().apply(entry), "", e))
                    .orElseGet(() -> new Conflict(
                            FaultCode.INVALID_STATE,
                            "A " + table.noun() + " with UUID " + entry.uuid() + " exists already",
                            "",
                            e));
        }
    }
}

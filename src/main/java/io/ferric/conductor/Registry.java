package io.ferric.conductor;

import io.ferric.node.Entry;
import io.ferric.node.EntryQuery;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.NotFound;
import io.ferric.node.Uuids;
import io.ferric.store.RecordStore;
import io.ferric.store.Table;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Which entries of one kind there are, with the rules for changing that. An entry that belongs to a node is changed only
 * while the node is held, and stays with it. Every failure is a {@link io.ferric.node.NodeFault}. Safe for use by many
 * threads.
 */
public final class Registry<T extends Record & Entry> {
    private final Context context;
    private final RecordStore<T> store;
    private final Reservations reservations;
    private final Rules<T> rules;

    Registry(Context context, Table<T> table, Reservations reservations, Rules<T> rules) {
        this.context = context;
        this.store = context.database().records(table);
        this.reservations = reservations;
        this.rules = rules;
    }

    /** Keeps a new entry and gives it as it is kept; its UUID must be new. */
    public T create(T entry) {
        return context.database().inTransaction(() -> {
            lockNode(entry);
            rules.check(Optional.empty(), entry);
            store.insert(entry, context.now());
            return get(entry.uuid().toString());
        });
    }

    /** Else the node, or the group that the entry is to be in, might go between the look at it and the insert. */
    private void lockNode(T entry) {
        entry.owningNode()
                .filter(node -> !context.database().nodes().lock(node))
                .ifPresent(node -> {
                    throw unknownNode(node);
                });
    }

    /** Fails with {@link NotFound} when there is none. */
    public T get(String uuidOrName) {
        return find(uuidOrName).orElseThrow(() -> missing(uuidOrName));
    }

    /** That there is no such entry, or none that the caller may hear of: both in the same words. */
    public NotFound missing(String uuidOrName) {
        return new NotFound(
                store.table().missing(), store.table().noun() + " " + uuidOrName + " could not be found.", "");
    }

    public Optional<T> find(String uuidOrName) {
        Optional<UUID> uuid = Uuids.parse(uuidOrName);
        return uuid.isPresent()
                ? store.find(uuid.get())
                : store.table().handle().flatMap(column -> store.first(column, uuidOrName));
    }

    /** Fails with {@link NotFound} when the marker is no entry. */
    public List<T> list(EntryQuery query) {
        query.marker().ifPresent(marker -> get(marker.toString()));
        return store.list(query);
    }

    /**
     * Changes an entry; its UUID and its node stay.
     *
     * @param change gets what is kept, secrets included, and gives what is to be kept
     */
    public T update(String uuidOrName, UnaryOperator<T> change) {
        T seen = get(uuidOrName);
        return holding(seen, () -> {
            T before = get(seen.uuid().toString());
            T after = change.apply(before);
            refuseToMove(before, after);
            rules.check(Optional.of(before), after);
            store.save(after, context.now());
            return get(before.uuid().toString());
        });
    }

    public void delete(String uuidOrName) {
        T seen = get(uuidOrName);
        holding(seen, () -> context.database().inTransaction(() -> {
            seen.owningNode().ifPresent(context.database().nodes()::lock);
            rules.checkRemoval(seen);
            return store.delete(seen.uuid());
        }));
    }

    private <R> R holding(T entry, Supplier<R> work) {
        return entry.owningNode().isPresent()
                ? reservations.changing(entry.owningNode().get(), work)
                : context.database().inTransaction(() -> {
                    store.lock(entry.uuid());
                    return work.get();
                });
    }

    /** That a new entry names a node there is not, or none that the caller may hear of: both in the same words. */
    public static InvalidRequest unknownNode(UUID node) {
        return new InvalidRequest(FaultCode.NODE_NOT_FOUND, "Node " + node + " could not be found", "Check node_uuid.");
    }

    /** Whoever may change an entry may not give it to a node of somebody else (CVE-2026-44918). */
    private void refuseToMove(T before, T after) {
        if (!before.uuid().equals(after.uuid()) || !before.owningNode().equals(after.owningNode())) {
            throw new InvalidRequest(
                    FaultCode.INVALID_PARAMETER_VALUE,
                    store.table().noun() + " " + before.uuid() + " keeps its UUID, and stays with its node",
                    "Delete it and create it anew at the other node.");
        }
    }
}

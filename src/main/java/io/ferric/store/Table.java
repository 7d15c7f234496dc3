package io.ferric.store;

import io.ferric.node.Entry;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What tells one kind of entry from another in the database. Its columns are the components of the record, in snake case.
 *
 * @param noun what a message calls one, such as {@code Port}
 * @param missing the code of the error when there is none of that name
 * @param handle the unique text column it can be asked for by, besides its UUID
 * @param uniques what must be unique, the primary key last
 */
public record Table<T extends Record & Entry>(
        String name, Class<T> type, String noun, String missing, Optional<String> handle, List<Unique<T>> uniques) {

    /**
     * A value of which there can be one only.
     *
     * @param constraint the name of the constraint; for the primary key, of the table
     * @param code of the error
     * @param message names the value that is taken
     */
    public record Unique<T>(String constraint, String code, Function<T, String> message) {}
}

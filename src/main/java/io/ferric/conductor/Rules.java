package io.ferric.conductor;

import io.ferric.node.Entry;
import java.util.Optional;

/** What one kind of entry demands besides being well-formed and unique; each refusal is a {@link io.ferric.node.NodeFault}. */
interface Rules<T extends Entry> {
    /**
     * Refuses what must not be kept.
     *
     * @param before empty when the entry is new
     */
    default void check(Optional<T> before, T after) {}

    /** Refuses to forget what is in use. */
    default void checkRemoval(T entry) {}

    /** For kinds that demand nothing. */
    static <T extends Entry> Rules<T> none() {
        return new Rules<>() {};
    }
}

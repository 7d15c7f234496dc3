package io.ferric.store;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The conductors that share this database. Safe for use by many threads. */
public interface ConductorStore {
    /**
     * A conductor as it last told of itself.
     *
     * @param online false once it has said that it stops
     */
    record Member(String host, Set<String> drivers, boolean online, Instant heartbeatAt, Instant createdAt) {}

    /** This conductor lives and has these drivers. */
    void alive(String host, Set<String> drivers);

    /** This conductor stops. */
    void leave(String host);

    /** All that ever were, by name. */
    List<Member> all();
}

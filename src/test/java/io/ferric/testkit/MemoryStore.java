package io.ferric.testkit;

import io.ferric.store.StoreConfig;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** Where a test keeps its database: in memory, shared with no other. */
public final class MemoryStore {
    private MemoryStore() {}

    /** A new one each time; waits long for locks, for machines may be busy. */
    public static StoreConfig config() {
        return new StoreConfig(
                Path.of("unused"),
                Optional.of("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=10000"),
                Optional.empty(),
                Optional.empty(),
                20);
    }
}

package io.ferric.store;

/** The open database. Safe for use by many threads; close it after everything that uses it. */
public final class Database implements AutoCloseable {
    private Database() {}

    /** Opens the database, creating or migrating its tables. */
    public static Database open(StoreConfig config) {
        return new Database();
    }

    @Override
    public void close() {}
}

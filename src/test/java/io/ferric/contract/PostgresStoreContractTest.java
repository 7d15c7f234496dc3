package io.ferric.contract;

import io.ferric.store.StoreConfig;
import io.ferric.testkit.PostgresServer;

/** In PostgreSQL. */
class PostgresStoreContractTest extends StoreContract {
    @Override
    StoreConfig empty() {
        return PostgresServer.shared().emptyDatabase();
    }
}

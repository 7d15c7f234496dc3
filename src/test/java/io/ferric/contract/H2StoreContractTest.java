package io.ferric.contract;

import io.ferric.store.StoreConfig;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.io.TempDir;

/** In a file of H2. */
class H2StoreContractTest extends StoreContract {
    @TempDir
    Path folder;

    @Override
    StoreConfig empty() {
        return StoreConfig.inFile(folder.resolve("sub/" + UUID.randomUUID()));
    }
}

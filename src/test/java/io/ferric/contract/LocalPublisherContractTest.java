package io.ferric.contract;

import io.ferric.publish.LocalPublisher;
import io.ferric.publish.LocalPublisherOptions;
import io.ferric.publish.Publisher;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

class LocalPublisherContractTest extends PublisherContract {
    private LocalPublisher local;

    @Override
    Publisher publisher() throws Exception {
        local = new LocalPublisher(
                        LocalPublisherOptions.defaults(folder.resolve("published"), "127.0.0.1", 0), Clock.systemUTC())
                .start();
        return local;
    }

    @AfterEach
    void stop() {
        local.close();
    }

    @Override
    boolean annotates() {
        return false;
    }

    @Override
    List<String> secrets() {
        return List.of();
    }
}

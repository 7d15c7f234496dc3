package io.ferric.contract;

import io.ferric.publish.Publisher;
import io.ferric.publish.SwiftApi;
import io.ferric.publish.SwiftPublisher;
import io.ferric.testkit.OpenStack;
import java.util.List;

/** On a real Swift, reached as the blueprint says: by user, tenant name, key and authurl. */
class SwiftPublisherContractIT extends PublisherContract {
    private final OpenStack services = OpenStack.shared();

    @Override
    Publisher publisher() throws Exception {
        OpenStack.User user = services.ferric();
        SwiftApi swift = new SwiftApi(user.name(), user.project(), user.password(), services.authUrl());
        return new SwiftPublisher(swift, "contract-" + Long.toString(System.nanoTime(), 36));
    }

    @Override
    boolean annotates() {
        return true;
    }

    @Override
    List<String> secrets() {
        return List.of(services.ferric().password(), services.tempUrlKey());
    }
}

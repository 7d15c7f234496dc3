package io.ferric.publish;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at each container once before it is used, and makes those that are missing where that is allowed. */
final class Containers {
    private static final Logger LOG = LoggerFactory.getLogger(Containers.class);

    private final ObjectStore store;
    private final Retries retries;
    private final SwiftClock time;
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Set<String> exposed = ConcurrentHashMap.newKeySet();

    Containers(Swift swift) {
        this.store = swift.store();
        this.retries = swift.retries();
        this.time = swift.time();
    }

    /** @param create a container that is made is private: Swift gives rights to its own project only */
    void require(String container, boolean create) throws PublishException {
        if (known.contains(container)) {
            return;
        }
        Operation look = Operation.ofContainer("head container", container);
        try {
            Optional<Map<String, String>> head =
                    retries.ask(look, () -> store.headContainer(container).map(time::heard));
            if (head.isPresent()) {
                warnOfStrangers(container, head.get());
            } else if (create) {
                create(container);
            } else {
                throw look.failure("there is no such container. Make it (swift post " + container
                        + "), or set publisher.swift.create_container.");
            }
        } catch (PublishException e) {
            if (!SwiftCures.isStatus(e, 403)) {
                throw e;
            }
            // Whoever may only write learns from the PUT what is wrong.
        }
        known.add(container);
    }

    void create(String container) throws PublishException {
        retries.run(Operation.ofContainer("put container", container), () -> store.createContainer(container));
    }

    private void warnOfStrangers(String container, Map<String, String> head) {
        String readers = head.getOrDefault("x-container-read", "");
        if (readers.replace(" ", "").contains(".r:*") && exposed.add(container)) {
            LOG.warn(
                    "Everybody can read the Swift container {} without a signature (X-Container-Read: {}). Floppies hold"
                            + " deploy keys and tokens: give Ferric a private container of its own, or take that right"
                            + " away (swift post -r '' {}).",
                    container,
                    readers.replaceAll("[^ -~]", "?"),
                    container);
        }
    }

    /** Whether a warning was given that strangers can read a container. */
    boolean exposed(String container) {
        return exposed.contains(container);
    }
}

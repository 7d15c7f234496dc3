package io.ferric.ilo;

import io.ferric.driver.Task;
import io.ferric.ilo.client.Answer;
import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.IloClient;
import io.ferric.ilo.wire.LoginRejected;
import io.ferric.ilo.wire.Recent;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the iLOs of nodes were last seen to be, for checks that must not ask them: kept with the node, which forgets it
 * with its instance, and in memory. Safe for use by many threads.
 */
final class Sightings {
    static final String REMEMBERED = "ilo_seen";

    private static final int MOST = 10_000;
    private static final Logger LOG = LoggerFactory.getLogger(Sightings.class);

    private final NodeIlo ilos;
    private final Clock clock;
    private final Map<UUID, Sighting> inMemory = new Recent<>(MOST);

    Sightings(NodeIlo ilos, Clock clock) {
        this.ilos = ilos;
        this.clock = clock;
    }

    /** Empty when the iLO at the node's present address was never looked at. */
    Optional<Sighting> of(Node node, IloDriverInfo info) {
        return stored(node)
                .or(() -> Optional.ofNullable(remembered(node.uuid())))
                .filter(seen -> seen.authority().equals(info.access().authority()));
    }

    /** Asks for firmware and licenses, and keeps the answer; an iLO that will not say is left in peace, unless it rejects the login. */
    Sighting look(Task task) {
        Node node = task.node();
        IloClient ilo = ilos.client(node);
        Optional<Answer<Firmware>> firmware = told(node, () -> ilo.ask(IloClient::firmware));
        Sighting seen = new Sighting(
                ilos.info(node).access().authority(),
                firmware.map(each -> each.protocol().toString()).orElse(""),
                firmware.map(Answer::value),
                told(node, ilo::licenses),
                clock.instant());
        synchronized (inMemory) {
            inMemory.put(node.uuid(), seen);
        }
        task.remember(REMEMBERED, seen.toMap());
        return seen;
    }

    private static <T> Optional<T> told(Node node, Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (NodeFault e) {
            if (LoginRejected.caused(e)) {
                throw e;
            }
            LOG.debug("node {}: the iLO was not looked at: {}", node.uuid(), e.getMessage());
            return Optional.empty();
        }
    }

    private static Optional<Sighting> stored(Node node) {
        return node.status().internalInfo().get(REMEMBERED) instanceof Map<?, ?> map
                ? Optional.of(Sighting.of(map))
                : Optional.empty();
    }

    private Sighting remembered(UUID node) {
        synchronized (inMemory) {
            return inMemory.get(node);
        }
    }
}

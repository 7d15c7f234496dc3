package io.ferric.ilo.connect;

import io.ferric.ilo.connect.Route.Subject;
import io.ferric.ilo.wire.IloProtocol;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An iLO that was found, and what was learned of it since. Safe for use by many threads. */
final class KnownIlo {
    private final Detected detected;
    private final Instant since;
    private final Map<Subject, IloProtocol> learned = new ConcurrentHashMap<>();

    KnownIlo(Detected detected, Instant since) {
        this.detected = detected;
        this.since = since;
    }

    Detected detected() {
        return detected;
    }

    Instant since() {
        return since;
    }

    /** The protocols in the order in which they are to be tried. */
    List<IloProtocol> order(Subject subject) {
        List<IloProtocol> order = Route.order(detected, subject);
        IloProtocol works = learned.getOrDefault(subject, order.get(0));
        return order.stream()
                .sorted(Comparator.comparing((IloProtocol each) -> each != works))
                .toList();
    }

    /** Has all that belongs to the subject go this way: what was inserted in one protocol must be connected in it. */
    void learn(Subject subject, IloProtocol works) {
        learned.put(subject, works);
    }
}

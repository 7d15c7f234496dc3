package io.ferric.lab.ilo;

import io.ferric.lab.ilo.IloEvent.Kind;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The last 10,000 events of an iLO, and who is told of new ones. Thread-safe. */
final class IloLog {
    private static final int MAX = 10_000;

    private final Clock clock;
    private final Deque<IloEvent> events = new ArrayDeque<>();
    private final List<Consumer<IloEvent>> listeners = new CopyOnWriteArrayList<>();

    IloLog(Clock clock) {
        this.clock = clock;
    }

    void add(Kind kind, String detail) {
        IloEvent event = new IloEvent(clock.instant(), kind, detail);
        synchronized (this) {
            if (events.size() == MAX) {
                events.removeFirst();
            }
            events.addLast(event);
        }
        listeners.forEach(listener -> listener.accept(event));
    }

    synchronized List<IloEvent> all() {
        return List.copyOf(events);
    }

    void tell(Consumer<IloEvent> listener) {
        listeners.add(listener);
    }
}

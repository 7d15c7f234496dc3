package io.ferric.conductor;

import io.ferric.conductor.HistoryEntry.Level;
import io.ferric.node.Masking;
import io.ferric.node.NodeFault;
import io.ferric.node.ProvisionState;
import io.ferric.store.HistoryStore;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what happens to nodes and tells listeners. Secrets in URLs are masked on the way in. */
final class Journal {
    /** The step under which changes of the provision state are kept. */
    static final String STATE = "state";

    private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
    private static final String REFUSED = "Refused a call: ";

    private final HistoryStore history;
    private final Listeners listeners;
    private final Clock clock;
    private final ConductorConfig config;
    private final Map<String, Instant> lastProgress = new ConcurrentHashMap<>();

    Journal(HistoryStore history, Listeners listeners, Clock clock, ConductorConfig config) {
        this.history = history;
        this.listeners = listeners;
        this.clock = clock;
        this.config = config;
    }

    void note(UUID node, String step, String message, Level level) {
        String masked = Masking.text(message);
        Instant now = clock.instant();
        history.append(node, new HistoryEntry(now, step, masked, level).stored(), config.historyPerNode());
        listeners.tell(listener -> listener.event(node, step, masked, now));
    }

    /** As {@link #note}, unless what is kept of the node says it already. */
    void noteOnce(UUID node, String step, String message, Level level) {
        String masked = Masking.text(message);
        boolean said = of(node).stream()
                .anyMatch(entry -> entry.step().equals(step) && entry.message().equals(masked));
        if (!said) {
            note(node, step, message, level);
        }
    }

    /** Keeps who asked for what. */
    void noteRequest(UUID node, String what, Requester who) {
        note(node, "request", what + " was asked for by " + who.name(), Level.INFO);
    }

    /** Keeps a refusal: else the operator would see nothing but a ramdisk that never calls back. */
    void noteRefusal(UUID node, String method, NodeFault refusal) {
        LOG.warn("node {}: a call of {} was refused: {}", node, method, Masking.text(refusal.inPlainWords()));
        note(node, method, REFUSED + refusal.inPlainWords(), Level.WARNING);
    }

    /**
     * The last call that was refused in this wait for the ramdisk, in words; or in the visit that led to it, for a ramdisk may
     * call before the conductor has noted that it waits.
     */
    Optional<String> lastRefusal(UUID node) {
        Optional<HistoryEntry> last = Optional.empty();
        for (HistoryEntry entry : of(node)) {
            if (entry.message().startsWith(REFUSED)) {
                last = Optional.of(entry);
            } else if (entry.step().equals(STATE) && !beginsToWait(entry)) {
                last = Optional.empty();
            }
        }
        return last.map(entry -> "A call was refused at " + entry.at().truncatedTo(ChronoUnit.SECONDS) + ": "
                + entry.message().substring(REFUSED.length()));
    }

    private static boolean beginsToWait(HistoryEntry move) {
        return Stream.of(ProvisionState.values())
                .filter(ProvisionState::awaitsRamdisk)
                .anyMatch(state -> move.message().endsWith("-> " + state));
    }

    /** Keeps a change of state; takes part in the transaction that makes it. */
    void keepMove(UUID node, ProvisionState from, ProvisionState to) {
        HistoryEntry entry = new HistoryEntry(clock.instant(), STATE, from + " -> " + to, Level.INFO);
        history.append(node, entry.stored(), config.historyPerNode());
    }

    /** Tells listeners of a change of state, after the transaction. */
    void tellMove(UUID node, ProvisionState from, ProvisionState to) {
        Instant now = clock.instant();
        listeners.tell(listener -> listener.moved(node, from, to, now));
    }

    /** Tells listeners, but not more often than configured; the end of a step is always told. */
    void progress(UUID node, String step, long done, long total) {
        String key = node + step;
        Instant now = clock.instant();
        Instant last = lastProgress.get(key);
        boolean ended = done >= total;
        if (ended) {
            lastProgress.remove(key);
        } else if (last != null && now.isBefore(last.plus(config.progressInterval()))) {
            return;
        } else {
            lastProgress.put(key, now);
        }
        listeners.tellProgress(key, listener -> listener.progress(node, step, done, total));
    }

    List<HistoryEntry> of(UUID node) {
        return history.of(node).stream().map(HistoryEntry::of).toList();
    }
}

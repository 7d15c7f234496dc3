package io.ferric.conductor;

import io.ferric.driver.BmcAction;
import io.ferric.driver.Driver;
import io.ferric.driver.PowerInterface;
import io.ferric.driver.Task;
import io.ferric.node.EntryQuery;
import io.ferric.node.FaultCode;
import io.ferric.node.Masking;
import io.ferric.node.Node;
import io.ferric.node.NodeSpec;
import io.ferric.node.Observed;
import io.ferric.node.Port;
import io.ferric.node.PowerAction;
import io.ferric.node.PowerState;
import io.ferric.node.Unavailable;
import io.ferric.store.BmcActionStore;
import io.ferric.store.NodeStore;
import io.ferric.store.ReservationStore.Hold;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The conductor's side of a driver's work on one node: what the driver says is stored at once. */
final class NodeTask implements Task {
    private final Context context;
    private final int attempt;
    private final Optional<Hold> hold;
    private final String work;
    private final Thread worker = Thread.currentThread();
    private final Object letGo = new Object();
    private Node node;
    private boolean cancelled;
    private boolean finished;
    private volatile Instant seenHeld;

    private NodeTask(Context context, Optional<Hold> hold, String work, Node node, int attempt) {
        this.context = context;
        this.hold = hold;
        this.work = work;
        this.node = node;
        this.attempt = attempt;
        this.seenHeld = context.clock().instant();
    }

    /** For what a caller asked for of a node that is held, to be done on this thread. */
    static NodeTask working(Context context, Hold hold, Node node) {
        return working(context, hold, "request", node, 1);
    }

    /**
     * For work on a node that is held, to be done on this thread.
     *
     * @param work what it is called in the record of what was done to BMCs
     */
    static NodeTask working(Context context, Hold hold, String work, Node node, int attempt) {
        return new NodeTask(context, Optional.of(hold), work, node, attempt);
    }

    /** For checks: whatever would change the node is refused. */
    static NodeTask looking(Context context, Node node) {
        return new NodeTask(context, Optional.empty(), "look", node, 1);
    }

    /** The holding this work is done under. */
    Hold hold() {
        return hold.orElseThrow(() ->
                new IllegalStateException("the driver tried to change node " + node.uuid() + " during a mere check"));
    }

    /** Looked up when asked for: that there is no such driver any more is a failure of the work like every other. */
    Driver driver() {
        return context.driverOf(node);
    }

    @Override
    public Node node() {
        return node;
    }

    @Override
    public List<Port> ports() {
        return context.database().ports().list(EntryQuery.ofNode(node.uuid()));
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public void setPower(PowerAction action) {
        changePower(action, Optional.empty());
    }

    /**
     * Returns false when the power was so already and nothing was done.
     *
     * @param patience how long it may take; empty for what is configured, or the driver's own limit
     */
    boolean changePower(PowerAction action, Optional<Duration> patience) {
        PowerInterface power = driver().power();
        if (!action.reboots() && power.state(this) == action.goal()) {
            savePower(Optional.of(action.goal()), Optional.empty());
            return false;
        }
        savePower(node.status().power(), Optional.of(action));
        ensureHeld();
        try {
            power.apply(this, action, patience(action, patience));
        } catch (RuntimeException e) {
            if (!cancelled()) {
                savePower(action.soft() ? powerNow() : node.status().power(), Optional.empty());
            }
            throw e;
        }
        savePower(Optional.of(action.goal()), Optional.empty());
        return true;
    }

    private Optional<Duration> patience(PowerAction action, Optional<Duration> asked) {
        return action.soft() ? asked.or(() -> Optional.of(context.config().softPowerOffTimeout())) : asked;
    }

    /** An operating system that did not heed, or went off and not on again: the hardware knows. */
    private Optional<PowerState> powerNow() {
        try {
            return Optional.of(driver().power().state(this)).filter(state -> state != PowerState.ERROR);
        } catch (RuntimeException e) {
            checkCancelled();
            return node.status().power();
        }
    }

    void savePower(Optional<PowerState> seen, Optional<PowerAction> target) {
        save(nodes -> nodes.savePower(node.uuid(), seen, target));
        node = node.with(node.status().withPower(seen, target));
    }

    void saveLastError(Optional<String> error) {
        save(nodes -> nodes.saveLastError(node.uuid(), error));
        node = node.with(node.status().withLastError(error));
    }

    void saveProperties(NodeSpec spec) {
        save(nodes -> nodes.saveProperties(node.uuid(), spec.properties()));
        node = node.with(node.spec().withProperties(spec.properties()));
    }

    void saveObserved(Observed observed) {
        save(nodes -> nodes.saveObserved(node.uuid(), observed));
        node = node.with(node.status().withObserved(observed));
    }

    @Override
    public void remember(String key, Object value) {
        Map<String, Object> info = new LinkedHashMap<>(node.status().internalInfo());
        info.put(key, value);
        saveInternalInfo(info);
    }

    @Override
    public void forget(String key) {
        Map<String, Object> info = new LinkedHashMap<>(node.status().internalInfo());
        if (info.containsKey(key)) {
            info.remove(key);
            saveInternalInfo(info);
        }
    }

    /** Stores and removes what is remembered, all at once. */
    void change(Map<String, Object> remembered, Set<String> forgotten) {
        Map<String, Object> info = new LinkedHashMap<>(node.status().internalInfo());
        info.keySet().removeAll(forgotten);
        info.putAll(remembered);
        saveInternalInfo(info);
    }

    private void saveInternalInfo(Map<String, Object> info) {
        save(nodes -> nodes.saveInternalInfo(node.uuid(), info));
        node = node.with(node.status().withInternalInfo(info));
    }

    @Override
    public void setInstanceInfo(String key, Object value) {
        Map<String, Object> info = new LinkedHashMap<>(node.instanceInfo().values());
        info.put(key, value);
        saveInstanceInfo(info);
    }

    @Override
    public void removeInstanceInfo(String key) {
        Map<String, Object> info = new LinkedHashMap<>(node.instanceInfo().values());
        if (info.containsKey(key)) {
            info.remove(key);
            saveInstanceInfo(info);
        }
    }

    private void saveInstanceInfo(Map<String, Object> info) {
        save(nodes -> nodes.saveInstanceInfo(node.uuid(), info));
        node = node.with(node.spec().withInstanceInfo(info));
    }

    @Override
    public void event(String step, String message) {
        note(step, message, HistoryEntry.Level.INFO);
    }

    void note(String step, String message, HistoryEntry.Level level) {
        if (hold.isPresent()) {
            synchronized (letGo) {
                refuseWhenCancelled();
                context.journal().note(node.uuid(), step, message, level);
            }
        }
    }

    @Override
    public void progress(String step, long done, long total) {
        ensureHeldOfLate();
        context.journal().progress(node.uuid(), step, done, total);
    }

    @Override
    public void acted(BmcAction action) {
        context.database()
                .bmcActions()
                .append(new BmcActionStore.Entry(
                        context.clock().instant(),
                        context.host(),
                        node.uuid(),
                        work,
                        Masking.text(action.what()),
                        action.address(),
                        action.protocol(),
                        Masking.text(action.result())));
    }

    @Override
    public void checkCancelled() {
        refuseWhenCancelled();
        ensureHeldOfLate();
    }

    private void refuseWhenCancelled() {
        if (cancelled()) {
            throw new Unavailable(
                    FaultCode.TEMPORARY_FAILURE,
                    "The conductor is being stopped, or another has taken the work over",
                    "The work on the node goes on there, or when this one is started again.");
        }
    }

    /** Cheap enough for every block: the database is asked again when its last answer is old. */
    private void ensureHeldOfLate() {
        Duration age = Duration.between(seenHeld, context.clock().instant()).abs(); // clocks are put back, too
        if (hold.isPresent() && age.compareTo(context.config().holdCheckInterval()) > 0) {
            ensureHeld();
        }
    }

    @Override
    public void ensureHeld() {
        refuseWhenCancelled();
        if (hold.isPresent()) {
            Instant asked = context.clock().instant();
            if (!knowing(() -> context.database().reservations().isHeld(hold.get()))) {
                throw lost();
            }
            seenHeld = asked;
        }
    }

    /** As {@link #ensureHeld}, for who has something else to complain of. */
    boolean stillHeld() {
        try {
            ensureHeld();
            return true;
        } catch (Unavailable lost) {
            return false;
        }
    }

    private Unavailable lost() {
        letGo();
        return Reservations.lost(hold());
    }

    /** Who cannot ask whether it still holds the node does not hold it. */
    private <T> T knowing(Supplier<T> question) {
        try {
            return question.get();
        } catch (Unavailable databaseGone) {
            letGo();
            throw databaseGone;
        }
    }

    private void letGo() {
        synchronized (letGo) {
            cancelled |= !finished;
        }
    }

    boolean cancelled() {
        synchronized (letGo) {
            return cancelled;
        }
    }

    /** Makes the driver let go: interrupts it wherever it is, but never in the middle of storing something. */
    void cancel() {
        synchronized (letGo) {
            if (!finished && !cancelled) {
                cancelled = true;
                worker.interrupt();
            }
        }
    }

    /** The work is over, well or not: from now on it cannot be cancelled. Returns false when it has been. */
    boolean finish() {
        synchronized (letGo) {
            finished = true;
            // an interrupt has done its service, and must not hit the database or the thread's next work
            Thread.interrupted();
            return !cancelled;
        }
    }

    private void save(Consumer<NodeStore> change) {
        Hold held = hold();
        synchronized (letGo) {
            refuseWhenCancelled();
            boolean saved = knowing(() -> context.database().inTransaction(() -> {
                boolean mine = context.database().reservations().lock(held);
                if (mine) {
                    change.accept(context.database().nodes());
                }
                return mine;
            }));
            if (!saved) {
                throw lost();
            }
        }
    }
}

package io.ferric.lab;

import io.ferric.lab.ServerEvent.Stage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console of a server of the lab: its lines, whoever listens to them, and waiting for one. Thread-safe. */
public final class Console {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);

    private final Clock clock;
    private final Consumer<ServerEvent> listener;
    private final List<ServerEvent> lines = new ArrayList<>();

    /** @param listener hears each line, on the thread that says it */
    public Console(Clock clock, Consumer<ServerEvent> listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /** All lines so far. */
    public synchronized List<ServerEvent> lines() {
        return List.copyOf(lines);
    }

    /** The last line of a stage. */
    public synchronized Optional<ServerEvent> last(Stage stage) {
        return lines.stream().filter(line -> line.stage() == stage).reduce((first, second) -> second);
    }

    /** Waits until a stage has been reached, now or before. A timeout's message holds the whole console. */
    public ServerEvent await(Stage stage, Duration patience) throws TimeoutException, InterruptedException {
        return await(stage, 1, patience);
    }

    /** Waits until one of several stages has been reached, now or before; returns the first line of any of them. */
    public synchronized ServerEvent awaitAny(Set<Stage> stages, Duration patience)
            throws TimeoutException, InterruptedException {
        return await(line -> stages.contains(line.stage()), 1, patience, stages);
    }

    /** Waits until a stage has been reached for the n-th time, counted from 1. */
    public synchronized ServerEvent await(Stage stage, int times, Duration patience)
            throws TimeoutException, InterruptedException {
        return await(line -> line.stage() == stage, times, patience, stage);
    }

    private ServerEvent await(Predicate<ServerEvent> wanted, int times, Duration patience, Object name)
            throws TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<ServerEvent> found =
                    lines.stream().filter(wanted).skip(times - 1L).findFirst();
            if (found.isPresent()) {
                return found.get();
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException("no " + name + " within " + patience + "; the console says:\n" + this);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Adds a line. */
    public void say(Stage stage, String message) {
        ServerEvent line = new ServerEvent(clock.instant(), stage, message);
        LOG.debug("{} {}", stage, message);
        tellListener(line);
        synchronized (this) {
            lines.add(line);
            notifyAll();
        }
    }

    /** A listener that throws must not stop the server. */
    private void tellListener(ServerEvent line) {
        try {
            listener.accept(line);
        } catch (RuntimeException e) {
            LOG.warn("a listener of the console failed", e);
        }
    }

    /** Adds a line without a turn of events. */
    public void note(String message) {
        say(Stage.NOTE, message);
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}

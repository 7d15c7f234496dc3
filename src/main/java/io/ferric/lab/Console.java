package io.ferric.lab;

import io.ferric.lab.ServerEvent.Stage;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console of a simulated server: its lines, whoever listens to them, and waiting for one. Thread-safe. */
public final class Console {
    private static final Logger LOG = LoggerFactory.getLogger(Console.class);

    private final Clock clock;
    private final Consumer<ServerEvent> listener;
    private final List<ServerEvent> lines = new ArrayList<>();

    Console(Clock clock, Consumer<ServerEvent> listener) {
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

    /** Waits until a stage has been reached for the n-th time, counted from 1. */
    public synchronized ServerEvent await(Stage stage, int times, Duration patience)
            throws TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (count(stage) < times) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException("no " + stage + " within " + patience + "; the console says:\n" + this);
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
        return lines.stream()
                .filter(line -> line.stage() == stage)
                .skip(times - 1L)
                .findFirst()
                .orElseThrow();
    }

    private long count(Stage stage) {
        return lines.stream().filter(line -> line.stage() == stage).count();
    }

    void say(Stage stage, String message) {
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

    void note(String message) {
        say(Stage.NOTE, message);
    }

    @Override
    public synchronized String toString() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}

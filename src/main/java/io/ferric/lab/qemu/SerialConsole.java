package io.ferric.lab.qemu;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The lines on the serial port of a virtual machine, over all its boots, and waiting for one of them. Terminal
 * sequences and control characters are left out. Thread-safe.
 */
public final class SerialConsole {
    private static final Pattern TERMINAL =
            Pattern.compile("\u001b\\[[0-9;?=]*[A-Za-z]|\u001b[()][A-Z0-9]|\u001b[=>78cDEHM]|[\\p{Cntrl}&&[^\t]]");
    private static final int MOST_LINES = 50_000;
    private static final int LONGEST_LINE = 4096;

    private final Consumer<String> listener;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder begun = new StringBuilder();

    SerialConsole(Consumer<String> listener) {
        this.listener = listener;
    }

    /** All whole lines so far; the first 50000. */
    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** The last lines that hold anything, one below the other, with the one that has only begun. */
    public synchronized String tail(int count) {
        List<String> said =
                new ArrayList<>(lines.stream().filter(line -> !line.isBlank()).toList());
        if (!begun.isEmpty()) {
            said.add(clean(begun.toString()));
        }
        return String.join("\n", said.subList(Math.max(0, said.size() - count), said.size()));
    }

    /** The line that has begun, without an end so far. */
    synchronized String begun() {
        return clean(begun.toString());
    }

    /** Waits until a line in which the pattern is found has come, now or before. A timeout's message holds the tail. */
    public String awaitLine(Pattern pattern, Duration patience) throws TimeoutException, InterruptedException {
        return awaitLine(pattern, 1, patience);
    }

    /** Waits until such a line has come for the n-th time, counted from 1. */
    public synchronized String awaitLine(Pattern pattern, int times, Duration patience)
            throws TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        int found = 0;
        int next = 0;
        while (true) {
            for (; next < lines.size(); next++) {
                if (pattern.matcher(lines.get(next)).find() && ++found == times) {
                    return lines.get(next);
                }
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException("no " + pattern + " on the serial console within " + patience.toSeconds()
                        + " s; it ends with:\n" + tail(40));
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** Takes what came out of the port. */
    void accept(ByteBuffer bytes) {
        String text = StandardCharsets.UTF_8.decode(bytes).toString();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n' || begun.length() == LONGEST_LINE) {
                endLine();
            }
            if (c != '\n') {
                begin(c);
            }
        }
    }

    /** The machine stopped: what has begun is a line too. */
    void end() {
        if (hasBegun()) {
            endLine();
        }
    }

    private synchronized boolean hasBegun() {
        return !begun.isEmpty();
    }

    private void endLine() {
        String line;
        synchronized (this) {
            line = clean(begun.toString());
            begun.setLength(0);
            if (lines.size() < MOST_LINES) {
                lines.add(line);
            }
            notifyAll();
        }
        listener.accept(line);
    }

    private synchronized void begin(char c) {
        begun.append(c);
    }

    private static String clean(String line) {
        return TERMINAL.matcher(line).replaceAll("").stripTrailing();
    }
}

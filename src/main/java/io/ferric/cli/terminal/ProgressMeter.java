package io.ferric.cli.terminal;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Shows what happens, a line a step with the time since the start, and while bytes move how many, how fast and how much
 * longer. On a terminal the moving line is redrawn in place; elsewhere it is printed now and then as a plain line.
 * Safe for use by many threads.
 */
public final class ProgressMeter {
    /** So that the whole line fits on a terminal of 80 columns. */
    private static final int BAR = 12;

    private final PrintWriter out;
    private final boolean terminal;
    private final Clock clock;
    private final Instant start;
    private String moving = "";
    private Instant movingSince;
    private Instant drawn;

    public ProgressMeter(PrintWriter out, boolean terminal, Clock clock) {
        this.out = out;
        this.terminal = terminal;
        this.clock = clock;
        this.start = clock.instant();
        this.drawn = start;
    }

    public Duration elapsed() {
        return Duration.between(start, clock.instant());
    }

    public synchronized void line(String step, String message) {
        wipe();
        out.printf("%7s  %-10s %s%n", ByteText.seconds(elapsed()), step, message);
        out.flush();
    }

    public synchronized void progress(String step, long done, long total) {
        Instant now = clock.instant();
        if (!step.equals(moving)) {
            wipe();
            moving = step;
            movingSince = now;
            drawn = terminal ? Instant.EPOCH : now;
        }
        boolean last = done >= total;
        if (!last && Duration.between(drawn, now).toMillis() < (terminal ? 80 : 2000)) {
            return;
        }
        drawn = now;
        String text = describe(done, total, Duration.between(movingSince, now));
        if (terminal) {
            out.printf("\r\033[K%7s  %-10s %s", ByteText.seconds(elapsed()), step, bar(done, total) + " " + text);
            if (last) {
                out.println();
                moving = "";
            }
        } else {
            out.printf("%7s  %-10s %s%n", ByteText.seconds(elapsed()), step, text);
            moving = last ? "" : moving;
        }
        out.flush();
    }

    public static String describe(long done, long total, Duration took) {
        double rate = took.isZero() ? 0 : done * 1000.0 / Math.max(1, took.toMillis());
        String text = ByteText.size(done) + " of " + ByteText.size(total);
        if (rate > 0) {
            text += ", " + ByteText.size(rate) + "/s";
            if (done < total) {
                text += ", " + ByteText.clock(Math.round((total - done) / rate)) + " left";
            }
        }
        return text;
    }

    private static String bar(long done, long total) {
        int full = total == 0 ? BAR : (int) (BAR * Math.min(done, total) / total);
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
    }

    private void wipe() {
        if (terminal && !moving.isEmpty()) {
            out.print("\r\033[K");
            moving = "";
        }
    }
}

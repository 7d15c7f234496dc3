package io.ferric.deploy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;

/**
 * Looks whether stretches that should read as zeros do. Short ones are read wholly, long ones here and there: at both
 * ends and at places in between, so that a disk which does not keep its word is found and a large one costs little. For
 * one thread.
 */
final class ZeroSamples {
    /** Stretches up to this are read wholly. */
    static final long SHORT = Mib.BYTES;

    private static final int SAMPLE = 64 * 1024;
    private static final int EDGE = 4 * SAMPLE;
    /** Samples lie so far apart, and farther where one stretch would need too many. */
    private static final long STEP = 16 * Mib.BYTES;

    private static final int MOST_SAMPLES = 256;

    private final Reader reader;
    private OptionalLong garbage = OptionalLong.empty();

    ZeroSamples(Reader reader) {
        this.reader = reader;
    }

    /** Fills a buffer from a place, with the most that is asked for or the buffer holds, and makes it ready to be read. */
    interface Reader {
        void read(long position, long most, ByteBuffer buffer) throws IOException;
    }

    /** The first place, as far as was looked, that does not read as zeros. */
    OptionalLong garbage() {
        return garbage;
    }

    /** Looks at a stretch; returns whether parts of it were left unread. */
    boolean look(long from, long to, ByteBuffer buffer) throws IOException {
        long length = to - from;
        if (length <= SHORT) {
            zeros(from, length, buffer);
            return false;
        }
        zeros(from, EDGE, buffer);
        long step = Math.max(STEP, length / MOST_SAMPLES);
        for (long cell = from; cell < to; cell += step) {
            long width = Math.min(step, to - cell);
            long sample = cell + within(cell, Math.max(1, width - SAMPLE)) / SAMPLE * SAMPLE;
            zeros(sample, Math.min(SAMPLE, to - sample), buffer);
        }
        zeros(to - EDGE, EDGE, buffer);
        return true;
    }

    /** A place that differs from step to step, for a disk may fail at the same place of each command. */
    private static long within(long cell, long width) {
        return Long.remainderUnsigned(cell / SAMPLE * 0x9E37_79B9_7F4A_7C15L >>> 11, width);
    }

    private void zeros(long from, long length, ByteBuffer buffer) throws IOException {
        for (long done = 0; done < length; done += buffer.limit()) {
            reader.read(from + done, length - done, buffer);
            if (garbage.isEmpty() && !Zeros.only(buffer)) {
                garbage = OptionalLong.of(from + done);
            }
        }
    }
}

package io.ferric.lab.iscsi;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What a logical unit does with a command. */
sealed interface ScsiResult {
    ScsiResult GOOD = new Good();

    /** Done, nothing to send. */
    record Good() implements ScsiResult {}

    /** Failed: CHECK CONDITION. */
    record Failed(Sense sense) implements ScsiResult {}

    /** Sends data, cut at what the initiator asked for. */
    record DataIn(long length, Source source) implements ScsiResult {
        static DataIn of(byte[] data, int allocation) {
            int length = Math.min(data.length, allocation);
            return new DataIn(length, (offset, target) -> target.put(data, (int) offset, target.remaining()));
        }
    }

    /** Takes data, and is done when all has come. */
    record DataOut(long length, Sink sink) implements ScsiResult {}

    /** Gives a command's data piece by piece. */
    @FunctionalInterface
    interface Source {
        void read(long offset, ByteBuffer target) throws IOException;
    }

    /** Takes a command's data piece by piece, in order. */
    interface Sink {
        void write(long offset, ByteBuffer data) throws IOException;

        /** Called once after the last piece. */
        ScsiResult done() throws IOException;
    }

    static ScsiResult failed(Sense sense) {
        return new Failed(sense);
    }
}

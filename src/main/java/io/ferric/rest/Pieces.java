package io.ferric.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Bytes kept in pieces, so that growing copies nothing: a list of nodes may take megabytes. For one thread.
 */
final class Pieces extends OutputStream {
    private static final int SIZE = 64 * 1024;

    private final Spare spare;
    private final List<byte[]> full = new ArrayList<>();
    private byte[] last;
    private int used;
    private int length;

    /** Pieces that are used again, as new ones would cost more than what is written into them. For many threads. */
    static final class Spare {
        private final BlockingQueue<byte[]> pieces;

        /** @param most how many are kept */
        Spare(int most) {
            this.pieces = new ArrayBlockingQueue<>(most);
        }

        private byte[] take() {
            byte[] piece = pieces.poll();
            return piece == null ? new byte[SIZE] : piece;
        }
    }

    Pieces(Spare spare) {
        this.spare = spare;
        this.last = spare.take();
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
        int done = 0;
        while (done < count) {
            if (used == last.length) {
                full.add(last);
                last = spare.take();
                used = 0;
            }
            int part = Math.min(count - done, last.length - used);
            System.arraycopy(bytes, from + done, last, used, part);
            used += part;
            done += part;
        }
        length += count;
    }

    /** How many bytes there are. */
    int length() {
        return length;
    }

    void writeTo(OutputStream out) throws IOException {
        for (byte[] piece : full) {
            out.write(piece);
        }
        out.write(last, 0, used);
    }

    /** The last thing to be done; only when nobody reads in the pieces any more. */
    void giveBack() {
        full.forEach(spare.pieces::offer);
        spare.pieces.offer(last);
    }
}

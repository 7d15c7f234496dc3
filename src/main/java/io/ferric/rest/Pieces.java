package io.ferric.rest;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Bytes kept in pieces, so that growing copies nothing: a list of nodes may take megabytes. For one thread. */
final class Pieces extends OutputStream {
    private static final int LEAST = 4 * 1024;
    private static final int MOST = 64 * 1024;

    private final List<byte[]> full = new ArrayList<>();
    private byte[] last = new byte[LEAST];
    private int used;
    private int length;

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
                last = new byte[Math.min(MOST, 2 * last.length)];
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
}

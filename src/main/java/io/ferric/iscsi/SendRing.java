package io.ferric.iscsi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/**
 * PDUs on their way out, sent with gathering writes straight from where their data lies.
 *
 * <p>All buffers are made once: every entry owns a header, a trailer and a view of the whole arena, so that a gigabyte
 * of eight-kilobyte PDUs makes no garbage. Data must stay untouched in the arena until it has left. Not thread safe.
 */
final class SendRing {
    private static final int ENTRIES = 128;
    private static final int PARTS = 3;
    private static final int HEADER_AND_DIGEST = Pdu.HEADER + Pdu.DIGEST;
    private static final int STRIDE = 64;

    private final ByteBuffer[] parts = new ByteBuffer[ENTRIES * PARTS];
    private final Crc crc = new Crc();
    private boolean headerDigest;
    private boolean dataDigest;
    private int first;
    private int used;

    SendRing(ByteBuffer arena) {
        ByteBuffer headers = ByteBuffer.allocateDirect(ENTRIES * STRIDE);
        for (int i = 0; i < ENTRIES; i++) {
            parts[i * PARTS] = headers.slice(i * STRIDE, HEADER_AND_DIGEST);
            parts[i * PARTS + 1] = arena.duplicate();
            parts[i * PARTS + 2] = headers.slice(i * STRIDE + HEADER_AND_DIGEST, STRIDE - HEADER_AND_DIGEST);
        }
    }

    /** From now on PDUs carry these digests. */
    void digests(boolean header, boolean data) {
        headerDigest = header;
        dataDigest = data;
    }

    boolean hasRoom() {
        return used < ENTRIES;
    }

    boolean isEmpty() {
        return used == 0;
    }

    /** A zeroed header to fill by absolute puts; {@link #add} then makes it the next PDU. There must be room. */
    ByteBuffer header() {
        ByteBuffer header = parts[next()].clear();
        for (int i = 0; i < Pdu.HEADER; i += Long.BYTES) {
            header.putLong(i, 0);
        }
        return header;
    }

    /** Queues the PDU whose header was filled, with {@code length} bytes of data at {@code offset} of the arena. */
    void add(int offset, int length) {
        ByteBuffer header = parts[next()];
        ByteBuffer data = parts[next() + 1];
        header.putInt(Pdu.LENGTHS, length);
        if (headerDigest) {
            header.putInt(Pdu.HEADER, crc.of(header, 0, Pdu.HEADER, 0));
        }
        header.position(0).limit(headerDigest ? HEADER_AND_DIGEST : Pdu.HEADER);
        data.limit(offset + length).position(offset);
        trailer(parts[next() + 2], data, length);
        used++;
    }

    private void trailer(ByteBuffer trailer, ByteBuffer data, int length) {
        int padding = Pdu.padding(length);
        trailer.clear().putLong(0, 0);
        if (dataDigest && length > 0) {
            trailer.putInt(padding, crc.of(data, data.position(), length, padding));
            padding += Pdu.DIGEST;
        }
        trailer.limit(padding);
    }

    /** Sends as much as the channel takes now. Returns whether it took anything. */
    boolean sendTo(GatheringByteChannel channel) throws IOException {
        boolean moved = false;
        while (used > 0) {
            int entries = Math.min(used, ENTRIES - first);
            long taken = channel.write(parts, first * PARTS, entries * PARTS);
            if (taken == 0) {
                return moved;
            }
            moved = true;
            forgetSent();
        }
        return moved;
    }

    private void forgetSent() {
        while (used > 0 && !unsent(first)) {
            first = (first + 1) % ENTRIES;
            used--;
        }
    }

    private boolean unsent(int entry) {
        int part = entry * PARTS;
        return parts[part + 2].hasRemaining() || parts[part + 1].hasRemaining() || parts[part].hasRemaining();
    }

    private int next() {
        return (first + used) % ENTRIES * PARTS;
    }
}

package io.ferric.iscsi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/**
 * A batch of PDUs on their way out, sent with gathering writes straight from where their data lies.
 *
 * <p>All buffers are made once: every entry owns a header, a trailer and a view of the whole arena, so that a gigabyte
 * of eight-kilobyte PDUs makes no garbage. Data must stay untouched in the arena until it has left. Once full, there is
 * room again when everything has left. Not thread safe.
 */
final class SendBatch {
    private static final int ENTRIES = 128;
    private static final int PARTS = 3;
    private static final int HEADER_AND_DIGEST = Pdu.HEADER + Pdu.DIGEST;
    private static final int STRIDE = 64;

    /** Header, data and trailer of every entry. */
    private final ByteBuffer[] parts = new ByteBuffer[ENTRIES * PARTS];
    /** The non-empty parts still to be sent lie from {@code unsent} to {@code end}. */
    private final ByteBuffer[] pending = new ByteBuffer[ENTRIES * PARTS];

    private final Crc crc = new Crc();
    private boolean headerDigest;
    private boolean dataDigest;
    private int unsent;
    private int end;
    private int next;

    SendBatch(ByteBuffer arena) {
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
        return next < ENTRIES;
    }

    boolean isEmpty() {
        return unsent == end;
    }

    /** A zeroed header to fill by absolute puts; {@link #add} then makes it the next PDU. There must be room. */
    ByteBuffer header() {
        ByteBuffer header = parts[next * PARTS].clear();
        for (int i = 0; i < Pdu.HEADER; i += Long.BYTES) {
            header.putLong(i, 0);
        }
        return header;
    }

    /** Queues the PDU whose header was filled, with {@code length} bytes of data at {@code offset} of the arena. */
    void add(int offset, int length) {
        ByteBuffer header = parts[next * PARTS];
        header.putInt(Pdu.LENGTHS, length);
        if (headerDigest) {
            header.putInt(Pdu.HEADER, crc.of(header, 0, Pdu.HEADER, 0));
        }
        pending[end++] = header.position(0).limit(headerDigest ? HEADER_AND_DIGEST : Pdu.HEADER);
        if (length > 0) {
            ByteBuffer data = parts[next * PARTS + 1];
            pending[end++] = data.limit(offset + length).position(offset);
            addTrailer(data, length);
        }
        next++;
    }

    private void addTrailer(ByteBuffer data, int length) {
        int padding = Pdu.padding(length);
        int trailing = padding + (dataDigest ? Pdu.DIGEST : 0);
        if (trailing > 0) {
            ByteBuffer trailer = parts[next * PARTS + 2].clear().putLong(0, 0);
            if (dataDigest) {
                trailer.putInt(padding, crc.of(data, data.position(), length, padding));
            }
            pending[end++] = trailer.limit(trailing);
        }
    }

    /** Sends as much as the channel takes now. Returns whether it took anything. */
    boolean sendTo(GatheringByteChannel channel) throws IOException {
        boolean moved = false;
        while (unsent < end && channel.write(pending, unsent, end - unsent) > 0) {
            moved = true;
            while (unsent < end && !pending[unsent].hasRemaining()) {
                unsent++;
            }
        }
        if (unsent == end) {
            unsent = 0;
            end = 0;
            next = 0;
        }
        return moved;
    }
}

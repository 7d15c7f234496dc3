package io.ferric.iscsi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ScatteringByteChannel;

/**
 * Cuts the byte stream of a target into PDUs and checks lengths and digests.
 *
 * <p>The data of a Data-In goes straight to where the reader of the disk wants it; everything else is small and passes
 * through one buffer of fixed size. No length from the wire makes anything grow. Not thread safe.
 */
final class PduReader {
    /** Longest data segment of anything but a Data-In: sense data, text, ping data. */
    static final int SMALL_SEGMENT = 64 * 1024;

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Kept ready for parsing: what has come and is not yet used lies between position and limit. */
    private final ByteBuffer staged =
            ByteBuffer.allocateDirect(2 * SMALL_SEGMENT).limit(0);

    private final ByteBuffer header = ByteBuffer.allocate(Pdu.HEADER);
    private final ByteBuffer[] scatter = new ByteBuffer[2];
    private final Crc crc = new Crc();
    private boolean headerDigest;
    private boolean dataDigest;
    private int longestDataIn = SMALL_SEGMENT;
    private ByteBuffer sink = NOTHING;
    private int sinkStart;
    private boolean filling;

    /** What was agreed in the login: digests, and the longest data segment we have promised to take. */
    void agreed(boolean header, boolean data, int maxSegment) {
        headerDigest = header;
        dataDigest = data;
        longestDataIn = maxSegment;
    }

    /** Reads what there is and hands on every PDU it completes. Returns bytes read, -1 at the end of the stream. */
    long read(ScatteringByteChannel channel, PduHandler handler) throws IOException {
        staged.compact();
        long count;
        if (filling && sink.hasRemaining()) {
            scatter[0] = sink;
            scatter[1] = staged;
            count = channel.read(scatter);
        } else {
            count = channel.read(staged);
        }
        staged.flip();
        while (count > 0 && (filling ? finishDataIn(handler) : next(handler))) {
            // as long as PDUs become complete
        }
        return count;
    }

    private boolean next(PduHandler handler) throws IscsiException {
        if (staged.remaining() < Pdu.HEADER) {
            return false;
        }
        int start = staged.position();
        int lengths = staged.getInt(start + Pdu.LENGTHS);
        int length = Pdu.dataLength(lengths);
        int headerBytes = Pdu.HEADER + Pdu.additionalHeader(lengths);
        int data = start + headerBytes + (headerDigest ? Pdu.DIGEST : 0);
        if (data > staged.limit()) {
            return false;
        }
        if (headerDigest && crc.of(staged, start, headerBytes, 0) != staged.getInt(start + headerBytes)) {
            throw new IscsiException("a header arrived damaged (CRC32C does not match)");
        }
        boolean dataIn = (staged.get(start) & Pdu.OPCODE_MASK) == Pdu.DATA_IN;
        checkLength(length, dataIn ? longestDataIn : SMALL_SEGMENT);
        int end = data + length + trailer(length);
        if (!dataIn && end > staged.limit()) {
            return false;
        }
        header.clear().put(0, staged, start, Pdu.HEADER);
        if (dataIn && length > 0) {
            staged.position(data);
            sink = handler.sink(header, length);
            sinkStart = sink.position();
            filling = true;
            return true;
        }
        checkData(staged, data, length, end);
        staged.position(end);
        handler.received(header, staged.slice(data, length));
        return true;
    }

    private boolean finishDataIn(PduHandler handler) throws IscsiException {
        int limit = staged.limit();
        staged.limit(Math.min(limit, staged.position() + sink.remaining()));
        sink.put(staged);
        staged.limit(limit);
        int length = sink.position() - sinkStart;
        if (sink.hasRemaining() || staged.remaining() < trailer(length)) {
            return false;
        }
        int end = staged.position() + trailer(length);
        if (dataDigest && crc.of(sink, sinkStart, length, Pdu.padding(length)) != staged.getInt(end - Pdu.DIGEST)) {
            throw damagedData();
        }
        staged.position(end);
        filling = false;
        handler.received(header, NOTHING);
        return true;
    }

    private void checkData(ByteBuffer bytes, int data, int length, int end) throws IscsiException {
        if (dataDigest && length > 0) {
            int covered = length + Pdu.padding(length);
            if (crc.of(bytes, data, covered, 0) != bytes.getInt(end - Pdu.DIGEST)) {
                throw damagedData();
            }
        }
    }

    private int trailer(int length) {
        return Pdu.padding(length) + (dataDigest && length > 0 ? Pdu.DIGEST : 0);
    }

    private static void checkLength(int length, int longest) throws IscsiException {
        if (length > longest) {
            throw new IscsiException("protocol error: a data segment of " + length + " bytes, where at most " + longest
                    + " were allowed");
        }
    }

    private static IscsiException damagedData() {
        return new IscsiException("data arrived damaged (CRC32C does not match)");
    }
}

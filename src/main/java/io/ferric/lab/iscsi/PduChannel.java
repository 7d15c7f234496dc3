package io.ferric.lab.iscsi;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.util.zip.CRC32C;

/** Reads and writes PDUs on one connection, with digests when they were agreed on. Used by one thread. */
final class PduChannel {
    private static final int BUFFER = 1 << 20;

    private final SocketChannel socket;
    private final ByteBuffer input = ByteBuffer.allocateDirect(BUFFER).limit(0);
    private int maxDataSegment = 8192;
    private boolean headerDigest;
    private boolean dataDigest;

    PduChannel(SocketChannel socket) {
        this.socket = socket;
    }

    /** Says what the login agreed on; it holds from the next PDU on. */
    void agree(int newMaxDataSegment, boolean newHeaderDigest, boolean newDataDigest) {
        maxDataSegment = newMaxDataSegment;
        headerDigest = newHeaderDigest;
        dataDigest = newDataDigest;
    }

    /** Reads the next PDU; its data are a view that the next call overwrites. */
    Pdu read() throws IOException {
        need(Pdu.HEADER);
        int ahs = (input.get(input.position() + 4) & 0xFF) * 4;
        int length = input.getInt(input.position() + 4) & 0xFFFFFF;
        if (length > maxDataSegment) {
            throw new ProtocolException("a data segment of " + length + " bytes, more than " + maxDataSegment);
        }
        int headers = Pdu.HEADER + ahs;
        need(headers + (headerDigest ? 4 : 0));
        ByteBuffer header = ByteBuffer.allocate(Pdu.HEADER);
        header.put(0, input, input.position(), Pdu.HEADER);
        ByteBuffer allHeaders = take(headers);
        if (headerDigest) {
            checkDigest(allHeaders, "header");
        }
        return new Pdu(header, readData(length));
    }

    private ByteBuffer readData(int length) throws IOException {
        if (length == 0) {
            return ByteBuffer.allocate(0);
        }
        int padded = (length + 3) & ~3;
        need(padded + (dataDigest ? 4 : 0));
        ByteBuffer data = take(padded);
        if (dataDigest) {
            checkDigest(data, "data");
        }
        return data.slice(0, length);
    }

    private void checkDigest(ByteBuffer bytes, String what) throws ProtocolException {
        int digest = take(4).order(ByteOrder.LITTLE_ENDIAN).getInt(0);
        if (digest != crc(bytes)) {
            throw new ProtocolException("the " + what + " digest is wrong");
        }
    }

    private ByteBuffer take(int count) {
        ByteBuffer slice = input.slice(input.position(), count);
        input.position(input.position() + count);
        return slice;
    }

    private void need(int count) throws IOException {
        if (input.capacity() - input.position() < count) {
            input.compact().flip();
        }
        while (input.remaining() < count) {
            int start = input.position();
            int end = input.limit();
            input.limit(input.capacity()).position(end);
            int got = socket.read(input);
            input.limit(input.position()).position(start);
            if (got < 0) {
                throw new EOFException("the initiator closed the connection");
            }
        }
    }

    /** Writes a PDU whole; fills in the length of its data. */
    void write(Pdu pdu) throws IOException {
        int length = pdu.data().remaining();
        ByteBuffer header = pdu.header();
        header.putInt(4, (header.getInt(4) & 0xFF000000) | length);
        ByteBuffer data = pdu.data();
        ByteBuffer tail = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        tail.position((4 - length % 4) % 4);
        if (dataDigest && length > 0) {
            CRC32C crc = new CRC32C();
            crc.update(data.duplicate());
            crc.update(tail.array(), 0, tail.position());
            tail.putInt((int) crc.getValue());
        }
        ByteBuffer digest =
                ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).limit(headerDigest ? 4 : 0);
        if (headerDigest) {
            digest.putInt(0, crc(header.duplicate().clear()));
        }
        writeFully(header.duplicate().clear(), digest, data, tail.flip());
    }

    private void writeFully(ByteBuffer... parts) throws IOException {
        long left = 0;
        for (ByteBuffer part : parts) {
            left += part.remaining();
        }
        while (left > 0) {
            left -= socket.write(parts);
        }
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }
}

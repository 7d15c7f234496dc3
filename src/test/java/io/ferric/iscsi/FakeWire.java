package io.ferric.iscsi;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** PDUs of {@link FakeTarget} on a socket, written apart from the code under test. */
final class FakeWire {
    /** A header of 48 bytes and its data. */
    record Frame(ByteBuffer header, byte[] data) {
        int opcode() {
            return header.get(0) & 0x3f;
        }

        int tag() {
            return header.getInt(16);
        }

        boolean flag(int bit) {
            return (header.get(1) & bit) != 0;
        }
    }

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    boolean headerDigest;
    boolean dataDigest;
    boolean oneByteAtATime;
    /** Damages the next frame sent. */
    boolean damageHeader;

    boolean damageData;

    FakeWire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
        out = socket.getOutputStream();
    }

    Frame receive() throws IOException {
        byte[] header = in.readNBytes(48);
        if (header.length < 48) {
            throw new EOFException();
        }
        if (headerDigest) {
            check(in.readNBytes(4), header);
        }
        ByteBuffer fields = ByteBuffer.wrap(header);
        int length = fields.getInt(4) & 0xffffff;
        byte[] data = in.readNBytes(length);
        byte[] padding = in.readNBytes((4 - length % 4) % 4);
        if (dataDigest && length > 0) {
            check(in.readNBytes(4), data, padding);
        }
        return new Frame(fields, data);
    }

    void send(ByteBuffer header, byte[] data) throws IOException {
        header.putInt(4, data.length);
        byte[] padding = new byte[(4 - data.length % 4) % 4];
        ByteBuffer frame = ByteBuffer.allocate(48 + 4 + data.length + padding.length + 4);
        frame.put(header.array(), 0, 48);
        if (headerDigest) {
            frame.put(digest(header.array())).put(51, (byte) (frame.get(51) ^ (damageHeader ? 1 : 0)));
        }
        frame.put(data).put(padding);
        if (dataDigest && data.length > 0) {
            byte[] digest = digest(data, padding);
            digest[0] ^= (byte) (damageData ? 1 : 0);
            frame.put(digest);
        }
        damageHeader = false;
        damageData = data.length == 0 && damageData;
        write(frame.array(), frame.position());
    }

    private void write(byte[] bytes, int length) throws IOException {
        int step = oneByteAtATime ? 1 : length;
        for (int i = 0; i < length; i += step) {
            out.write(bytes, i, Math.min(step, length - i));
            out.flush();
        }
    }

    /** Ends the connection with a TCP reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static void check(byte[] found, byte[]... parts) throws IOException {
        if (!java.util.Arrays.equals(found, digest(parts))) {
            throw new SocketException("wrong digest from the initiator");
        }
    }

    private static byte[] digest(byte[]... parts) {
        CRC32C crc = new CRC32C();
        for (byte[] part : parts) {
            crc.update(part, 0, part.length);
        }
        return ByteBuffer.allocate(4)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .putInt((int) crc.getValue())
                .array();
    }
}

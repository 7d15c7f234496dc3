package io.ferric.lab.iscsi;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Sends PDUs byte by byte as a test wants them, right or wrong. */
final class RawInitiator implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private int cmdSn = 1;

    RawInitiator(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(10_000);
        in = new DataInputStream(socket.getInputStream());
    }

    record Answer(ByteBuffer header, byte[] data) {
        int opcode() {
            return header.get(0) & 0x3F;
        }

        int loginStatus() {
            return header.getShort(36) & 0xFFFF;
        }

        int status() {
            return header.get(3) & 0xFF;
        }

        /** Sense key, code and qualifier of a CHECK CONDITION, as 0xKKCCQQ. */
        int sense() {
            return (data[2 + 2] & 0xF) << 16 | (data[2 + 12] & 0xFF) << 8 | data[2 + 13] & 0xFF;
        }

        String text() {
            return new String(data, StandardCharsets.UTF_8);
        }
    }

    /** Goes straight to the operational stage and from there to full feature phase. */
    Answer login(String... keys) throws IOException {
        ByteBuffer header = header(0x43, 0x87, 100);
        header.putInt(24, cmdSn);
        return exchange(header, (String.join("\0", keys) + "\0").getBytes(StandardCharsets.UTF_8));
    }

    RawInitiator loggedIn(String iqn) throws IOException {
        Answer answer = login("InitiatorName=iqn.2026-11.test:raw", "SessionType=Normal", "TargetName=" + iqn);
        if (answer.loginStatus() != 0) {
            throw new IOException("login refused: " + answer.loginStatus());
        }
        return this;
    }

    /** A command without data from the initiator. */
    Answer command(int lun, int expectedLength, int... cdb) throws IOException {
        return exchange(commandHeader(lun, 0x80 | (expectedLength > 0 ? 0x40 : 0), expectedLength, cdb), new byte[0]);
    }

    /** A command with all its data at once. */
    Answer write(int lun, byte[] data, int announced, int... cdb) throws IOException {
        return exchange(commandHeader(lun, 0xA0, announced, cdb), data);
    }

    ByteBuffer commandHeader(int lun, int flags, int length, int... cdb) {
        ByteBuffer header = header(0x01, flags, cmdSn);
        header.put(9, (byte) lun);
        header.putInt(20, length);
        header.putInt(24, cmdSn++);
        for (int i = 0; i < cdb.length; i++) {
            header.put(32 + i, (byte) cdb[i]);
        }
        return header;
    }

    ByteBuffer header(int opcode, int flags, int tag) {
        ByteBuffer header = ByteBuffer.allocate(48);
        header.put(0, (byte) opcode).put(1, (byte) flags).putInt(16, tag);
        return header;
    }

    int nextCmdSn() {
        return cmdSn++;
    }

    Answer exchange(ByteBuffer header, byte[] data) throws IOException {
        send(header, data);
        return read();
    }

    void send(ByteBuffer header, byte[] data) throws IOException {
        header.putInt(4, data.length);
        ByteBuffer all = ByteBuffer.allocate(48 + (data.length + 3 & ~3));
        all.put(0, header.array()).put(48, data);
        socket.getOutputStream().write(all.array());
    }

    Answer read() throws IOException {
        byte[] header = new byte[48];
        in.readFully(header);
        int length = ByteBuffer.wrap(header).getInt(4) & 0xFFFFFF;
        byte[] data = new byte[length + 3 & ~3];
        in.readFully(data);
        return new Answer(ByteBuffer.wrap(header), java.util.Arrays.copyOf(data, length));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}

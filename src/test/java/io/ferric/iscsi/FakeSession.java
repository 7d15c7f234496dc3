package io.ferric.iscsi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The full feature phase of {@link FakeTarget}: commands in, data and answers out, faults by the script. */
final class FakeSession {
    private static final int NO_TAG = 0xffffffff;
    private static final int OURS = 0x55550000;
    private static final int PIECE = 48 * 1024;

    private final FakeTarget target;
    private final FakeScript script;
    private final FakeWire wire;
    private final FakeLogin login;
    private final Map<Integer, Write> writes = new HashMap<>();
    private final Deque<Write> held = new ArrayDeque<>();
    private int statSn;
    private int expCmdSn;
    private int maxCmdSn;
    private int transferTags;
    private boolean first = true;

    /** A command whose data is still coming. */
    private final class Write {
        final FakeWire.Frame command;
        final byte[] data;
        final Deque<int[]> pieces = new ArrayDeque<>();
        boolean unsolicited;
        int received;
        int transferTag = NO_TAG;

        Write(FakeWire.Frame command) {
            this.command = command;
            data = new byte[command.header().getInt(20)];
        }
    }

    FakeSession(FakeTarget target, FakeWire wire, FakeLogin login) {
        this.target = target;
        this.script = target.script;
        this.wire = wire;
        this.login = login;
        statSn = login.nextStatSn();
    }

    void run() throws IOException {
        while (true) {
            if (!held.isEmpty() && !moreComes()) {
                carryOutHeld();
            }
            FakeWire.Frame frame = wire.receive();
            synchronized (this) {
                if (!take(frame)) {
                    return;
                }
            }
        }
    }

    synchronized void ping() throws IOException {
        wire.send(header(0x20, 0x80, NO_TAG, false).putInt(20, OURS + 1), new byte[0]);
    }

    private boolean take(FakeWire.Frame frame) throws IOException {
        switch (frame.opcode()) {
            case 0x00 -> pong(frame);
            case 0x01 -> command(frame);
            case 0x05 -> data(frame);
            case 0x06 -> {
                target.logouts++;
                if (script.silentLogout) {
                    freeze();
                }
                wire.send(header(0x26, 0x80, frame.tag(), true), new byte[0]);
                return false;
            }
            default -> throw new IllegalStateException("initiator sent opcode " + frame.opcode());
        }
        return true;
    }

    private void pong(FakeWire.Frame frame) {
        require(frame.tag() == NO_TAG, "answer to a ping carries a task tag");
        require(frame.header().getInt(20) == OURS + 1, "answer to a ping carries another transfer tag");
        target.pongs++;
    }

    private void command(FakeWire.Frame frame) throws IOException {
        int cmdSn = frame.header().getInt(24);
        require(first || cmdSn == expCmdSn, "CmdSN " + cmdSn + " where " + expCmdSn + " was due");
        require(first || cmdSn - maxCmdSn <= 0, "CmdSN " + cmdSn + " outside of the window");
        first = false;
        expCmdSn = cmdSn + 1;
        require(frame.header().getLong(8) == 0x0001_0000_0000_0000L, "wrong LUN");
        int operation = frame.header().get(32) & 0xff;
        FakeFault fault = script.next(operation);
        if (apply(fault, frame)) {
            return;
        }
        if (frame.flag(0x20)) {
            write(frame, fault);
        } else if (frame.flag(0x40)) {
            read(frame, fault);
        } else {
            target.disk.carryOut(cdb(frame), new byte[0]);
            status(frame, 0, new byte[0]);
        }
    }

    private void write(FakeWire.Frame frame, FakeFault fault) throws IOException {
        Write write = new Write(frame);
        int limit = "No".equals(login.agreed("ImmediateData")) ? 0 : number("MaxRecvDataSegmentLength", 8192);
        require(frame.data().length <= Math.min(limit, number("FirstBurstLength", 65536)), "too much immediate data");
        System.arraycopy(frame.data(), 0, write.data, 0, frame.data().length);
        write.received = frame.data().length;
        write.unsolicited = !frame.flag(0x80);
        require(!write.unsolicited || "No".equals(login.agreed("InitialR2T")), "unsolicited data is not allowed");
        writes.put(frame.tag(), write);
        if (fault == FakeFault.DONE_EARLY) {
            writes.remove(frame.tag());
            status(frame, 0, new byte[0]);
        } else if (fault == FakeFault.R2T_TOO_FAR) {
            writes.remove(frame.tag());
            r2t(write, write.data.length - 512, 1024);
        } else if (!write.unsolicited) {
            askForRest(write);
        }
    }

    private void data(FakeWire.Frame frame) throws IOException {
        Write write = writes.get(frame.tag());
        if (write == null) {
            return;
        }
        int offset = frame.header().getInt(40);
        require(frame.data().length <= number("MaxRecvDataSegmentLength", 8192), "data segment is too long");
        require(frame.header().getInt(20) == write.transferTag, "data under another transfer tag");
        System.arraycopy(frame.data(), 0, write.data, offset, frame.data().length);
        write.received += frame.data().length;
        if (frame.flag(0x80)) {
            if (write.unsolicited) {
                require(
                        write.received == Math.min(write.data.length, number("FirstBurstLength", 65536)),
                        "first burst of " + write.received);
            }
            write.unsolicited = false;
            askForRest(write);
        }
    }

    private void askForRest(Write write) throws IOException {
        if (write.transferTag == NO_TAG) {
            int burst = number("MaxBurstLength", 262144);
            for (int at = write.received; at < write.data.length; at += burst) {
                int[] piece = {at, Math.min(burst, write.data.length - at)};
                if (script.oddR2tOrder) {
                    write.pieces.addFirst(piece);
                } else {
                    write.pieces.addLast(piece);
                }
            }
        }
        if (write.pieces.isEmpty()) {
            require(write.received == write.data.length, "received " + write.received + " bytes");
            writes.remove(write.command.tag());
            held.addFirst(write);
            if (!script.reorderWrites || held.size() > 4) {
                carryOutHeld();
            }
        } else {
            int[] piece = write.pieces.removeFirst();
            r2t(write, piece[0], piece[1]);
        }
    }

    private boolean moreComes() throws IOException {
        long end = System.nanoTime() + script.holdWrites.toNanos();
        while (!wire.hasMore() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        return wire.hasMore();
    }

    private void carryOutHeld() throws IOException {
        while (!held.isEmpty()) {
            Write write = held.removeFirst();
            target.disk.carryOut(cdb(write.command), write.data);
            status(write.command, 0, new byte[0]);
        }
    }

    private void r2t(Write write, int offset, int length) throws IOException {
        write.transferTag = OURS + 100 + transferTags++;
        ByteBuffer header = header(0x31, 0x80, write.command.tag(), false);
        wire.send(header.putInt(20, write.transferTag).putInt(40, offset).putInt(44, length), new byte[0]);
    }

    private void read(FakeWire.Frame frame, FakeFault fault) throws IOException {
        byte[] data = target.disk.answer(cdb(frame));
        int expected = frame.header().getInt(20);
        int length = Math.min(data.length, expected) - (fault == FakeFault.SHORT_READ ? 512 : 0);
        int step = Math.min(Integer.parseInt(login.heard.get("MaxRecvDataSegmentLength")), PIECE);
        int sn = 0;
        if (fault == FakeFault.HUGE_SEGMENT) {
            wire.send(dataIn(frame, 0x81, 0, 0), new byte[(1 << 24) - 1]);
            return;
        }
        for (int at = 0; at < length; at += step) {
            boolean last = at + step >= length;
            byte[] piece = Arrays.copyOfRange(data, at, Math.min(length, at + step));
            ByteBuffer header =
                    dataIn(frame, last ? 0x81 : 0, sn++, at + (fault == FakeFault.DATA_OUT_OF_ORDER ? 512 : 0));
            if (last && length < expected) {
                header.put(1, (byte) 0x83).putInt(44, expected - length);
            }
            wire.damageData = fault == FakeFault.DAMAGED_DATA;
            wire.send(header, piece);
        }
        if (length == 0) {
            status(frame, 0, new byte[0]);
        }
    }

    private ByteBuffer dataIn(FakeWire.Frame frame, int flags, int sn, int offset) {
        boolean status = (flags & 1) != 0;
        ByteBuffer header = header(0x25, flags, frame.tag(), status).putInt(20, NO_TAG);
        return header.putInt(36, sn).putInt(40, offset);
    }

    /** Returns whether the fault was all there is to the command. */
    private boolean apply(FakeFault fault, FakeWire.Frame frame) throws IOException {
        switch (fault) {
            case RESET -> wire.reset();
            case FREEZE -> freeze();
            case PING_AND_FREEZE -> pingFor(frame);
            case SLOW_BUT_ALIVE -> {
                for (int pings = 0; pings < 3; pings++) {
                    FakeWire.Frame ping = wire.receive();
                    require(ping.opcode() == 0 && ping.tag() != NO_TAG, "no ping");
                    wire.send(header(0x20, 0x80, ping.tag(), true).putInt(20, NO_TAG), new byte[0]);
                }
                status(frame, 0, new byte[0]);
            }
            case REJECT ->
                wire.send(
                        header(0x3f, 0x80, NO_TAG, true).put(2, (byte) 9),
                        frame.header().array());
            case ASK_FOR_LOGOUT -> wire.send(header(0x32, 0x80, NO_TAG, true).put(36, (byte) 1), new byte[0]);
            case BUSY -> status(frame, 0x08, new byte[0]);
            case TASK_SET_FULL -> status(frame, 0x28, new byte[0]);
            case RESERVATION_CONFLICT -> status(frame, 0x18, new byte[0]);
            case PARAMETERS_CHANGED -> status(frame, 2, fixed(6, 0x2a, 1));
            case DISK_RESET -> status(frame, 2, fixed(6, 0x29, 0));
            case BECOMING_READY -> status(frame, 2, fixed(2, 0x04, 1));
            case MEDIUM_ERROR -> status(frame, 2, fixed(3, 0x0c, 0));
            case MEDIUM_ERROR_DESCRIPTOR -> status(frame, 2, new byte[] {0, 8, 0x72, 3, 0x11, 0, 0, 0, 0, 0});
            case OUT_OF_RANGE -> status(frame, 2, fixed(5, 0x21, 0));
            case INVALID_COMMAND -> status(frame, 2, fixed(5, 0x20, 0));
            case INVALID_FIELD -> status(frame, 2, fixed(5, 0x24, 0));
            case TARGET_FAILURE ->
                wire.send(header(0x21, 0x80, frame.tag(), true).put(2, (byte) 1), new byte[0]);
            case WRONG_TAG -> wire.send(header(0x21, 0x80, frame.tag() + 0x100, true), new byte[0]);
            case UNKNOWN_OPCODE -> wire.send(header(0x3a, 0x80, frame.tag(), true), new byte[0]);
            default -> {
                prepare(fault);
                return false;
            }
        }
        return true;
    }

    private void prepare(FakeFault fault) throws IOException {
        wire.damageHeader = fault == FakeFault.DAMAGED_HEADER;
        if (fault == FakeFault.VENDOR_EVENT) {
            wire.send(header(0x32, 0x80, NO_TAG, true).put(36, (byte) 255), new byte[0]);
        }
        if (fault == FakeFault.PING_FIRST) {
            ping();
        }
    }

    private void pingFor(FakeWire.Frame frame) throws IOException {
        while (true) {
            ping();
            FakeWire.Frame answer = wire.receive();
            require(answer.opcode() != 0x21, "answered " + frame.tag());
        }
    }

    private void status(FakeWire.Frame frame, int status, byte[] sense) throws IOException {
        wire.send(header(0x21, 0x80, frame.tag(), true).put(3, (byte) status), sense);
    }

    private ByteBuffer header(int opcode, int flags, int tag, boolean takesStatSn) {
        ByteBuffer header = ByteBuffer.allocate(48).put(0, (byte) opcode).put(1, (byte) flags);
        header.putInt(16, tag).putInt(24, takesStatSn ? statSn++ : statSn);
        maxCmdSn = expCmdSn + script.window - 1 - writes.size();
        return header.putInt(28, expCmdSn).putInt(32, maxCmdSn);
    }

    private int number(String key, int otherwise) {
        String value = login.agreed(key);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    private static ByteBuffer cdb(FakeWire.Frame frame) {
        return frame.header().slice(32, 16);
    }

    private static byte[] fixed(int key, int code, int qualifier) {
        byte[] sense = new byte[20];
        sense[1] = 18;
        sense[2] = 0x70;
        sense[4] = (byte) key;
        sense[14] = (byte) code;
        sense[15] = (byte) qualifier;
        return sense;
    }

    private static void freeze() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void require(boolean condition, String complaint) {
        if (!condition) {
            throw new IllegalStateException(complaint);
        }
    }
}

package io.ferric.iscsi;

import io.ferric.iscsi.Task.Direction;
import io.ferric.iscsi.Task.State;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Turns commands, data the target has asked for, and answers to its pings into PDUs, as fast as the command window and
 * the send ring allow. Not thread safe.
 */
final class TaskSender {
    private static final int MAX_WAITING = 256;
    private static final int LOGOUT_TAG = 0x7f0000ff;

    private final SendRing out;
    private final SequenceNumbers numbers;
    private final Negotiation.Agreed agreed;
    private final long lun;
    private final Deque<Task> queued = new ArrayDeque<>();
    private final Deque<Burst> bursts = new ArrayDeque<>();
    private final Deque<Ping> pings = new ArrayDeque<>();
    private int sequence;

    TaskSender(SendRing out, SequenceNumbers numbers, Negotiation.Agreed agreed, long lun) {
        this.out = out;
        this.numbers = numbers;
        this.agreed = agreed;
        this.lun = lun;
    }

    /** Data of a task from {@code next} to {@code end} that the target has given leave to send. */
    private static final class Burst {
        final Task task;
        final int transferTag;
        final int end;
        int next;
        int dataSn;

        Burst(Task task, int transferTag, int next, int end) {
            this.task = task;
            this.transferTag = transferTag;
            this.next = next;
            this.end = end;
        }
    }

    private record Ping(int transferTag, long lun) {}

    /** A new command, or the next try of one. */
    void queue(Task task) {
        task.state = State.QUEUED;
        task.received = 0;
        task.granted = 0;
        queued.add(task);
    }

    /** The target asks for data: {@code length} bytes from {@code offset}, to be sent under {@code transferTag}. */
    void grant(Task task, int transferTag, int offset, int length) throws IscsiException {
        boolean inside = offset >= 0 && length > 0 && length <= agreed.maxBurst() && offset <= task.length - length;
        if (task.direction != Direction.WRITE || !inside || task.granted > task.length - length) {
            throw new IscsiException("protocol error: the target asks for " + length + " bytes at " + offset + " of "
                    + task + ", which has " + task.length);
        }
        task.granted += length;
        bursts.add(new Burst(task, transferTag, offset, offset + length));
    }

    /** The target wants to know whether we are there. */
    void pong(int transferTag, long pingLun) throws IscsiException {
        if (pings.size() == MAX_WAITING) {
            throw new IscsiException("protocol error: the target floods us with pings");
        }
        pings.add(new Ping(transferTag, pingLun));
    }

    /** The task is over, whether all its data was sent or not. */
    void forget(Task task) {
        if (!bursts.isEmpty()) {
            bursts.removeIf(burst -> burst.task == task);
        }
    }

    /** Makes as many PDUs as there is room for. */
    void fill() {
        while (out.hasRoom()) {
            if (!pings.isEmpty()) {
                answer(pings.remove());
            } else if (!queued.isEmpty() && numbers.windowOpen()) {
                command(queued.remove());
            } else if (!bursts.isEmpty()) {
                data(bursts.element());
            } else {
                return;
            }
        }
    }

    /** Asks to end the session; there must be room. */
    void logout() {
        ByteBuffer header = start(Pdu.LOGOUT_REQUEST | Pdu.IMMEDIATE, Pdu.FINAL, 0, LOGOUT_TAG);
        numbers.stampImmediate(header);
        out.add(0, 0);
    }

    private void command(Task task) {
        boolean write = task.direction == Direction.WRITE;
        int immediate = write && agreed.immediateData() ? Math.min(firstBurst(task), agreed.sendSegment()) : 0;
        int unsolicited = write && !agreed.initialR2T() ? firstBurst(task) : immediate;
        int way = write ? Pdu.WRITE : task.direction == Direction.READ ? Pdu.READ : 0;
        int last = unsolicited > immediate ? 0 : Pdu.FINAL;
        sequence++;
        task.tag = TaskPool.tag(task, sequence);
        task.state = State.SENT;
        task.tries++;
        task.granted = unsolicited;
        ByteBuffer header = start(Pdu.SCSI_COMMAND, last | way | Pdu.SIMPLE, lun, task.tag);
        header.putInt(Pdu.EXPECTED_LENGTH, task.length);
        numbers.stampCommand(header);
        header.put(Pdu.CDB, task.cdb);
        out.add(task.offset, immediate);
        if (unsolicited > immediate) {
            bursts.add(new Burst(task, Pdu.NO_TAG, immediate, unsolicited));
        }
    }

    private int firstBurst(Task task) {
        return Math.min(task.length, agreed.firstBurst());
    }

    private void data(Burst burst) {
        int length = Math.min(burst.end - burst.next, agreed.sendSegment());
        boolean last = burst.next + length == burst.end;
        ByteBuffer header = start(Pdu.DATA_OUT, last ? Pdu.FINAL : 0, lun, burst.task.tag);
        header.putInt(Pdu.TRANSFER_TAG, burst.transferTag);
        numbers.stampStatus(header);
        header.putInt(Pdu.DATA_SN, burst.dataSn++);
        header.putInt(Pdu.BUFFER_OFFSET, burst.next);
        out.add(burst.task.offset + burst.next, length);
        burst.next += length;
        if (last) {
            bursts.remove();
        }
    }

    private void answer(Ping ping) {
        ByteBuffer header = start(Pdu.NOP_OUT | Pdu.IMMEDIATE, Pdu.FINAL, ping.lun(), Pdu.NO_TAG);
        header.putInt(Pdu.TRANSFER_TAG, ping.transferTag());
        numbers.stampImmediate(header);
        out.add(0, 0);
    }

    private ByteBuffer start(int opcode, int flags, long toLun, int tag) {
        ByteBuffer header = out.header();
        header.put(0, (byte) opcode).put(Pdu.FLAGS, (byte) flags);
        return header.putLong(Pdu.LUN, toLun).putInt(Pdu.TASK_TAG, tag);
    }
}

package io.ferric.iscsi;

import io.ferric.iscsi.Task.Direction;
import io.ferric.iscsi.Task.Ending;
import io.ferric.iscsi.Task.State;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Understands what a target sends in the full feature phase (RFC 7143 section 11): moves tasks on, sends those again
 * that the target could not take now, and keeps the failure that ends the session. Never waits. Not thread safe.
 */
final class SessionAnswers implements PduHandler {
    private static final int MAX_TRIES = 16;
    private static final long FIRST_REST = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int MAX_DOUBLINGS = 7;

    private final String portal;
    private final Timer patience;
    private final TaskPool pool;
    private final SequenceNumbers numbers;
    private final TaskSender sender;
    private long progress;
    private boolean loggedOut;
    /** Whether the disk has taken writes that may be in its cache only. */
    private boolean unsynced;

    private IOException failure;

    SessionAnswers(IscsiTarget target, Timer patience, TaskPool pool, SequenceNumbers numbers, TaskSender sender) {
        portal = target.portal();
        this.patience = patience;
        this.pool = pool;
        this.numbers = numbers;
        this.sender = sender;
    }

    /** Grows with everything that brings a task nearer to its end; pings of the target do not. */
    long progress() {
        return progress;
    }

    /** Whether the target has taken leave of us. */
    boolean loggedOut() {
        return loggedOut;
    }

    /** All that was written so far is on the medium. */
    void synced() {
        unsynced = false;
    }

    /** Why the session is of no more use, or a command that nobody waits for has failed. */
    Optional<IOException> failure() {
        return Optional.ofNullable(failure);
    }

    /** Keeps the first reason, with what was under way at that time. */
    void fail(IOException e) {
        if (failure == null) {
            failure = new IscsiException("iSCSI target " + portal + ": " + e.getMessage() + pool.describe(), e);
        }
    }

    @Override
    public ByteBuffer sink(ByteBuffer header, int length) throws IscsiException {
        Task task = pool.answered(header.getInt(Pdu.TASK_TAG));
        int offset = header.getInt(Pdu.BUFFER_OFFSET);
        if (task.direction != Direction.READ || offset != task.received || length > task.length - offset) {
            throw new IscsiException(
                    "protocol error: the target sends " + length + " bytes at " + offset + " out of order for " + task);
        }
        task.received += length;
        return task.data.limit(offset + length).position(offset);
    }

    @Override
    public void received(ByteBuffer header, ByteBuffer data) throws IscsiException {
        numbers.window(header);
        int opcode = header.get(0) & Pdu.OPCODE_MASK;
        switch (opcode) {
            case Pdu.R2T -> grant(header);
            case Pdu.DATA_IN -> dataIn(header);
            case Pdu.SCSI_RESPONSE -> response(header, data);
            case Pdu.NOP_IN -> ping(header);
            case Pdu.REJECT -> {
                numbers.status(header);
                fail(new IscsiException(RejectReason.words(header.get(Pdu.REASON))));
            }
            case Pdu.ASYNC_MESSAGE -> event(header);
            case Pdu.LOGOUT_RESPONSE -> loggedOut = true;
            default -> throw new IscsiException("protocol error: unexpected opcode 0x" + Integer.toHexString(opcode));
        }
    }

    private void grant(ByteBuffer header) throws IscsiException {
        Task task = pool.answered(header.getInt(Pdu.TASK_TAG));
        int length = header.getInt(Pdu.DESIRED_LENGTH);
        sender.grant(task, header.getInt(Pdu.TRANSFER_TAG), header.getInt(Pdu.BUFFER_OFFSET), length);
        progress++;
    }

    private void dataIn(ByteBuffer header) throws IscsiException {
        Task task = pool.answered(header.getInt(Pdu.TASK_TAG));
        if (Pdu.dataLength(header.getInt(Pdu.LENGTHS)) > 0) {
            progress++;
        }
        if ((header.get(Pdu.FLAGS) & Pdu.STATUS_INCLUDED) != 0) {
            numbers.status(header);
            settle(task, header, Sense.NONE);
        }
    }

    private void response(ByteBuffer header, ByteBuffer data) throws IscsiException {
        Task task = pool.answered(header.getInt(Pdu.TASK_TAG));
        numbers.status(header);
        if (header.get(Pdu.REASON) != 0) {
            end(task, new IscsiException("target failure 0x" + Integer.toHexString(header.get(Pdu.REASON) & 0xff)));
        } else {
            settle(task, header, Sense.parse(data));
        }
    }

    private void ping(ByteBuffer header) throws IscsiException {
        if (header.getInt(Pdu.TASK_TAG) != Pdu.NO_TAG) {
            numbers.status(header);
            progress += sender.pinged() ? 1 : 0;
        }
        if (header.getInt(Pdu.TRANSFER_TAG) != Pdu.NO_TAG) {
            sender.pong(header.getInt(Pdu.TRANSFER_TAG), header.getLong(Pdu.LUN));
        }
    }

    private void event(ByteBuffer header) {
        numbers.status(header);
        byte event = header.get(Pdu.ASYNC_EVENT);
        if (AsyncEvent.isFatal(event)) {
            fail(new IscsiException(AsyncEvent.words(event)));
        } else {
            LoggerFactory.getLogger(SessionAnswers.class).debug("{}: {}", portal, AsyncEvent.words(event));
        }
    }

    private void settle(Task task, ByteBuffer header, Sense sense) {
        int status = header.get(Pdu.SCSI_STATUS) & 0xff;
        switch (ScsiStatus.next(status, sense)) {
            case ACCEPT -> accept(task, header);
            case AGAIN -> {
                if (unsynced && sense.isReset()) {
                    fail(new IscsiException(
                            "the disk was reset before all writes were on its medium, so that some may be" + " lost: "
                                    + sense.words()));
                }
                again(task, status, sense);
            }
            case LATER -> later(task, status, sense);
            default -> end(task, new ScsiException(ScsiStatus.words(status, sense), sense));
        }
        progress++;
    }

    private void accept(Task task, ByteBuffer header) {
        boolean under = (header.get(Pdu.FLAGS) & Pdu.UNDERFLOW) != 0 && header.getInt(Pdu.RESIDUAL) != 0;
        boolean unsent = sender.forget(task);
        boolean all = task.direction == Direction.WRITE
                ? task.granted == task.length && !unsent
                : task.received == task.length;
        if ((task.direction == Direction.WRITE || task.exact) && (under || !all)) {
            end(task, new IscsiException("the target says it is done, but not all of the data was exchanged"));
        } else {
            unsynced |= task.direction == Direction.WRITE;
            task.state = task.ending == Ending.COLLECT ? State.DONE : State.FREE;
        }
    }

    private void again(Task task, int status, Sense sense) {
        if (task.tries < MAX_TRIES) {
            sender.forget(task);
            sender.queue(task);
        } else {
            end(task, new ScsiException(ScsiStatus.words(status, sense) + " again and again", sense));
        }
    }

    private void later(Task task, int status, Sense sense) {
        long now = patience.now();
        task.busySince = task.busySince == 0 ? now : task.busySince;
        if (now - task.busySince > patience.whole()) {
            end(task, new ScsiException(ScsiStatus.words(status, sense) + " for " + patience.seconds(), sense));
        } else {
            sender.forget(task);
            task.state = State.RESTING;
            task.retryAt = now + (FIRST_REST << Math.min(task.tries, MAX_DOUBLINGS));
        }
    }

    private void end(Task task, IscsiException reason) {
        sender.forget(task);
        String message = "iSCSI target " + portal + ": " + task + " failed: " + reason.getMessage();
        task.failure = reason instanceof ScsiException scsi ? scsi.told(message) : new IscsiException(message);
        task.state = task.ending == Ending.IGNORE ? State.FREE : State.FAILED;
        if (task.ending == Ending.UNATTENDED && failure == null) {
            failure = task.failure;
        }
    }
}

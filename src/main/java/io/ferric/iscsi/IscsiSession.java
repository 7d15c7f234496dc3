package io.ferric.iscsi;

import io.ferric.iscsi.Task.Direction;
import io.ferric.iscsi.Task.Ending;
import io.ferric.iscsi.Task.State;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Carries SCSI commands to one logical unit, several at a time, and brings their results back (RFC 7143).
 *
 * <p>An event loop without a thread of its own: whoever waits for something turns it. Commands that a target cannot take
 * now (UNIT ATTENTION, BUSY, TASK SET FULL, becoming ready) are sent again within the deadline. A wait without progress
 * ends at the deadline, and the session with it. Not thread safe except {@link #abort}.
 */
final class IscsiSession implements PduHandler, Closeable {
    private static final int MAX_TRIES = 16;
    private static final long FIRST_REST = TimeUnit.MILLISECONDS.toNanos(5);
    private static final int MAX_DOUBLINGS = 7;

    private final String portal;
    private final Duration patience;
    private final Environment environment;
    private final Connection connection;
    private final TaskPool pool;
    private final SequenceNumbers numbers;
    private final TaskSender sender;
    private long progress;
    private boolean loggedOut;
    private boolean lost;
    private IOException failure;
    private boolean told;
    private volatile boolean aborted;

    private IscsiSession(
            IscsiTarget target, IscsiOptions options, Environment environment, TaskPool pool, Connection connection)
            throws IOException {
        portal = target.portal();
        patience = options.deadline();
        this.environment = environment;
        this.pool = pool;
        this.connection = connection;
        LoginPhase login = new LoginPhase(connection, pool.arena, timer(), environment.random());
        Negotiation.Agreed agreed = login.login(target, options, environment.random());
        numbers = login.numbers();
        sender = new TaskSender(connection.out(), numbers, agreed, target.encodedLun());
    }

    /** Connects and logs in; either fails within the deadline. */
    static IscsiSession open(IscsiTarget target, IscsiOptions options, Environment environment) throws IOException {
        TaskPool pool = new TaskPool(options.inFlight(), options.transferBytes());
        Timer connecting = new Timer(environment.nanoTime(), options.deadline());
        Connection connection = Connection.open(target, connecting, pool.arena);
        try {
            return new IscsiSession(target, options, environment, pool, connection);
        } catch (IscsiException e) {
            connection.close();
            throw new IscsiException(
                    "iSCSI login to " + target.iqn() + " at " + target.portal() + " failed: " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** The task for commands that are carried out one at a time; give it a command and {@link #run} it. */
    Task control() {
        return pool.control;
    }

    /** A task of the pipeline, as soon as one is free. */
    Task acquire() throws IOException {
        Timer timer = timer();
        while (!pool.hasFree()) {
            turn(timer);
        }
        refuseIfFailed();
        return pool.take();
    }

    boolean hasFree() {
        return pool.hasFree();
    }

    /** Gives a task back that is not under way; one that is becomes free by itself. */
    void release(Task task) {
        if (task.isUnderWay()) {
            task.ending = Ending.IGNORE;
        } else {
            task.state = State.FREE;
        }
    }

    /** Sends a command off. With {@link Ending#COLLECT}, {@link #await} brings its end. */
    void submit(Task task, Ending ending) throws IOException {
        refuseIfFailed();
        task.ending = ending;
        task.tries = 0;
        task.busySince = 0;
        sender.queue(task);
        exchange(0);
    }

    /** Waits for the end of a command. Returns the bytes that came; throws what the disk refused it with. */
    int await(Task task) throws IOException {
        Timer timer = timer();
        while (task.isUnderWay()) {
            turn(timer);
        }
        if (task.state == State.FAILED) {
            task.state = State.HELD;
            throw task.failure;
        }
        return task.received;
    }

    /** Carries out one command from beginning to end. */
    int run(Task task) throws IOException {
        submit(task, Ending.COLLECT);
        return await(task);
    }

    /** Waits until nothing under way changes these bytes any more. Throws if an unattended command has failed. */
    void awaitChanges(long from, long to) throws IOException {
        Timer timer = timer();
        while (pool.changing(from, to)) {
            turn(timer);
        }
        refuseIfFailed();
    }

    /** Answers what the target has sent meanwhile; never waits. What fails is told by the next call that can fail. */
    void serve() {
        boolean toldBefore = told;
        try {
            exchange(0);
        } catch (IOException e) {
            told = toldBefore;
        }
    }

    /** Whether a call has already failed for the reason that every further one will fail for. */
    boolean hasToldFailure() {
        return told;
    }

    /** Makes the call that is waiting now, in another thread, give up. */
    void abort() {
        aborted = true;
        connection.wakeup();
    }

    /** Throws the first failure that nobody was there to be told of. */
    void refuseIfFailed() throws IOException {
        if (failure != null) {
            told = true;
            throw new IscsiException(failure.getMessage(), failure);
        }
    }

    /** Logs out if the target can still be reached, and lets the connection go in any case. */
    @Override
    public void close() throws IOException {
        boolean interrupted = Thread.interrupted();
        try (connection) {
            Timer timer = timer();
            boolean asked = false;
            while (!lost && !loggedOut && timer.left() > 0) {
                if (!asked && connection.out().hasRoom()) {
                    sender.logout();
                    asked = true;
                }
                connection.exchange(this, timer.left());
            }
        } catch (IscsiException e) {
            LoggerFactory.getLogger(IscsiSession.class).debug("{}: logout unanswered: {}", portal, e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Timer timer() {
        return new Timer(environment.nanoTime(), patience);
    }

    private void turn(Timer timer) throws IOException {
        if (aborted) {
            throw new AsynchronousCloseException();
        }
        refuseIfFailed();
        long before = progress;
        exchange(timer.left());
        if (progress != before) {
            timer.progress();
        } else if (timer.left() <= 0) {
            lost = true;
            fail(new IscsiException("no progress within " + timer.seconds()));
        }
        refuseIfFailed();
    }

    private void exchange(long nanos) throws IOException {
        long wait = pool.wake(environment.nanoTime().getAsLong(), nanos, sender);
        sender.fill();
        try {
            connection.exchange(this, wait);
        } catch (InterruptedIOException e) {
            failure = e;
            told = true;
            throw e;
        } catch (IscsiException e) {
            lost = true;
            fail(e);
        }
        refuseIfFailed();
    }

    private void fail(IscsiException e) {
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
            LoggerFactory.getLogger(IscsiSession.class).info("{}: {}", portal, AsyncEvent.words(event));
        }
    }

    private void settle(Task task, ByteBuffer header, Sense sense) {
        int status = header.get(Pdu.SCSI_STATUS) & 0xff;
        switch (ScsiStatus.next(status, sense)) {
            case ACCEPT -> accept(task, header);
            case AGAIN -> again(task, status, sense);
            case LATER -> later(task, status, sense);
            default -> end(task, new ScsiException(ScsiStatus.words(status, sense), sense));
        }
        progress++;
    }

    private void accept(Task task, ByteBuffer header) {
        boolean under = (header.get(Pdu.FLAGS) & Pdu.UNDERFLOW) != 0 && header.getInt(Pdu.RESIDUAL) != 0;
        boolean all = task.direction == Direction.WRITE ? task.granted == task.length : task.received == task.length;
        if ((task.direction == Direction.WRITE || task.exact) && (under || !all)) {
            end(task, new IscsiException("the target says it is done, but not all of the data was exchanged"));
        } else {
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
        long now = environment.nanoTime().getAsLong();
        task.busySince = task.busySince == 0 ? now : task.busySince;
        if (now - task.busySince > patience.toNanos()) {
            end(task, new ScsiException(ScsiStatus.words(status, sense) + " for " + timer().seconds(), sense));
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

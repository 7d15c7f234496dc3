package io.ferric.iscsi;

import io.ferric.iscsi.Task.Ending;
import io.ferric.iscsi.Task.State;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.AsynchronousCloseException;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/**
 * Carries SCSI commands to one logical unit, several at a time, and brings their results back (RFC 7143).
 *
 * <p>An event loop without a thread of its own: whoever waits for something turns it. Commands that a target cannot take
 * now (UNIT ATTENTION, BUSY, TASK SET FULL, becoming ready) are sent again within the deadline. A wait without progress
 * ends at the deadline, and the session with it; so does a reset of the disk while it may hold writes in its cache. Not thread safe except {@link #abort}.
 */
final class IscsiSession implements Closeable {
    /** How many deadlines a slow command may take while the target is alive. */
    private static final int SLOW_COMMANDS = 20;

    private final String portal;
    private final Duration patience;
    private final Environment environment;
    private final Connection connection;
    private final TaskPool pool;
    private final TaskSender sender;
    private final SessionAnswers answers;
    private boolean lost;
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
        LoginPhase login =
                new LoginPhase(connection, pool.arena, timer(), LoginPhase.isid(options, environment.random()));
        Negotiation.Agreed agreed = login.login(target, options, environment.random());
        sender = new TaskSender(connection.out(), login.numbers(), agreed, target.encodedLun());
        answers =
                new SessionAnswers(target, new Timer(environment.nanoTime(), patience), pool, login.numbers(), sender);
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

    /**
     * Carries out a command that may take long, such as bringing a full cache to the medium: no limit but a generous one
     * as long as the target answers our pings.
     */
    void runSlowly(Task task) throws IOException {
        submit(task, Ending.COLLECT);
        Timer enough = new Timer(environment.nanoTime(), patience.multipliedBy(SLOW_COMMANDS));
        Timer timer = timer();
        while (task.isUnderWay()) {
            long untilPing = timer.left() - patience.toNanos() / 2;
            if (untilPing <= 0 && enough.left() > 0) {
                sender.ping();
            }
            turn(timer, untilPing > 0 ? untilPing : timer.left());
        }
        await(task);
    }

    /** All that was written so far is on the medium: a reset of the disk can take none of it back. */
    void synced() {
        answers.synced();
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
        if (answers.failure().isPresent()) {
            told = true;
            IOException failure = answers.failure().get();
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
            while (!lost && !answers.loggedOut() && timer.left() > 0) {
                if (!asked && connection.out().hasRoom()) {
                    sender.logout();
                    asked = true;
                }
                connection.exchange(answers, timer.left());
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
        turn(timer, timer.left());
    }

    private void turn(Timer timer, long wait) throws IOException {
        if (aborted) {
            throw new AsynchronousCloseException();
        }
        refuseIfFailed();
        long before = answers.progress();
        exchange(wait);
        if (answers.progress() != before) {
            timer.progress();
        } else if (timer.left() <= 0) {
            lost = true;
            answers.fail(new IscsiException("no progress within " + timer.seconds()));
        }
        refuseIfFailed();
    }

    private void exchange(long nanos) throws IOException {
        long wait = pool.wake(environment.nanoTime().getAsLong(), nanos, sender);
        sender.fill();
        try {
            connection.exchange(answers, wait);
        } catch (InterruptedIOException e) {
            answers.fail(e);
            told = true;
            throw e;
        } catch (IscsiException e) {
            lost = true;
            answers.fail(e);
        }
        refuseIfFailed();
    }
}

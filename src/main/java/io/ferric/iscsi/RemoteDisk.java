package io.ferric.iscsi;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A disk on another machine, opened like a file.
 *
 * <p>Bytes can be read and written at any position; blocks are no matter of the caller, though writes that begin and end
 * at blocks save reading. Writes return before the disk has them, several are under way at once, and what goes wrong with
 * one surfaces in any later call, at the latest in {@link #flush} or {@link #close}. After that the content of the disk
 * is unknown and every further call but {@code close} fails with the same words. Reads in sequence read ahead.
 *
 * <p>No call waits longer than the deadline of the options without the target making progress; bringing the cache to the
 * medium may take twenty times as long while the target answers pings. The session logs in to the address it was given,
 * never elsewhere, and out again in {@code close}.
 *
 * <p>One owner: not for several threads at once, except that {@code close} may come from any thread and then ends a
 * call that is waiting with {@link java.nio.channels.AsynchronousCloseException}, without completing its writes.
 *
 * <p>Sources: RFC 7143 (iSCSI), SPC-4 and SBC-3 (commands).
 */
public final class RemoteDisk implements SeekableByteChannel {
    private final IscsiSession session;
    private final DiskProfile profile;
    private final WriteBehind writes;
    private final ReadAhead reads;
    private final Zeroing zeroing;
    private final IdleService idle;
    private final ReentrantLock lock = new ReentrantLock();
    private long position;
    private boolean unsynced;
    private volatile boolean inUse;
    private volatile boolean open = true;

    private RemoteDisk(IscsiSession session, DiskProfile profile, IscsiOptions options, Environment environment) {
        this.session = session;
        this.profile = profile;
        writes = new WriteBehind(session, profile, options.transferBytes());
        reads = new ReadAhead(session, profile, options);
        zeroing = new Zeroing(session, writes, profile);
        idle = new IdleService(session, lock, environment.idleInterval());
    }

    /**
     * Connects, logs in and asks the disk what it is.
     *
     * @throws IscsiException when the target cannot be reached, refuses the login, sends us elsewhere, has no disk at
     *     this LUN, or does not answer within the deadline
     */
    public static RemoteDisk open(IscsiTarget target, IscsiOptions options) throws IOException {
        return open(target, options, Environment.system());
    }

    static RemoteDisk open(IscsiTarget target, IscsiOptions options, Environment environment) throws IOException {
        IscsiSession session = IscsiSession.open(target, options, environment);
        try {
            DiskProfile profile = new DiskProbe(session, target).probe();
            RemoteDisk disk = new RemoteDisk(session, profile, options, environment);
            disk.idle.start();
            return disk;
        } catch (IOException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    /** Bytes of one logical block, 512 to 4096. */
    public int blockSize() {
        return profile.blockSize();
    }

    /** Who made the disk and how it is called. */
    public DiskIdentity identity() {
        return profile.identity();
    }

    /**
     * Whether the disk promises to make ranges zero without being sent zeros, so that {@link #zero} is cheap (VPD pages
     * B0h and B2h).
     */
    public boolean zeroesNatively() {
        return zeroing.isNative();
    }

    /**
     * Makes {@code length} bytes from {@code position} read as zeros, by WRITE SAME(16) or UNMAP where the disk promises
     * that this is the result, else by sending zeros. Like a write in everything else; leaves {@link #position()} alone.
     */
    public void zero(long position, long length) throws IOException {
        enter();
        try {
            refuseOutside("zero", position, length);
            reads.forget();
            unsynced = true;
            zeroing.zero(position, length);
        } finally {
            leave();
        }
    }

    /** Waits until all writes are done and the disk has them on its medium (SYNCHRONIZE CACHE, 16 or 10). */
    public void flush() throws IOException {
        enter();
        try {
            session.refuseIfFailed();
            finish();
        } finally {
            leave();
        }
    }

    /** Fills the buffer as far as the disk reaches; -1 at its end. */
    @Override
    public int read(ByteBuffer target) throws IOException {
        enter();
        try {
            if (position >= profile.size()) {
                return -1;
            }
            writes.finish();
            int count = reads.read(position, target);
            position += count;
            return count;
        } finally {
            leave();
        }
    }

    /** Takes the whole buffer; nothing of it when it would pass the end of the disk. */
    @Override
    public int write(ByteBuffer source) throws IOException {
        enter();
        try {
            int count = source.remaining();
            refuseOutside("write", position, count);
            reads.forget();
            unsynced = true;
            writes.write(position, source);
            position += count;
            return count;
        } finally {
            leave();
        }
    }

    @Override
    public long position() throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
        return position;
    }

    @Override
    public RemoteDisk position(long newPosition) throws IOException {
        if (newPosition < 0) {
            throw new IllegalArgumentException("position " + newPosition + " is negative");
        }
        if (!open) {
            throw new ClosedChannelException();
        }
        position = newPosition;
        return this;
    }

    /** Bytes of the whole disk. */
    @Override
    public long size() throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
        return profile.size();
    }

    /** Not possible: a disk is as large as it is. */
    @Override
    public RemoteDisk truncate(long size) {
        throw new UnsupportedOperationException("a disk cannot be truncated");
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    /**
     * Completes all writes as {@link #flush} does, logs out, and lets the connection go, whatever happens on the way and
     * within the deadline. Throws what no earlier call has told.
     */
    @Override
    public void close() throws IOException {
        boolean interfering = inUse && !lock.isHeldByCurrentThread();
        if (interfering) {
            session.abort();
        }
        lock.lock();
        try {
            if (open) {
                open = false;
                idle.stop();
                shutDown(!interfering);
            }
        } finally {
            lock.unlock();
        }
    }

    private void shutDown(boolean orderly) throws IOException {
        try (session) {
            if (orderly && !session.hasToldFailure()) {
                session.refuseIfFailed();
                finish();
            }
        }
    }

    private void finish() throws IOException {
        writes.finish();
        if (unsynced) {
            synchronize();
            session.synced();
            unsynced = false;
        }
    }

    /** A disk that knows neither form of the command has no cache that could be lost; all else is a failure. */
    private void synchronize() throws IOException {
        if (!knows(ScsiCommand.synchronizeCache(session.control()))) {
            knows(ScsiCommand.synchronizeCache10(session.control()));
        }
    }

    private boolean knows(Task task) throws IOException {
        try {
            session.runSlowly(task);
            return true;
        } catch (ScsiException e) {
            if (!e.isUnknownCommand()) {
                throw e;
            }
            return false;
        }
    }

    private void refuseOutside(String what, long from, long length) throws IscsiException {
        if (from < 0 || length < 0 || from > profile.size() - length) {
            throw new IscsiException("cannot " + what + " " + length + " bytes at byte " + from
                    + ": the disk ends at byte " + profile.size());
        }
    }

    private void enter() throws ClosedChannelException {
        lock.lock();
        if (!open) {
            lock.unlock();
            throw new ClosedChannelException();
        }
        inUse = true;
    }

    private void leave() {
        inUse = false;
        lock.unlock();
    }
}

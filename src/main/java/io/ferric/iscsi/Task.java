package io.ferric.iscsi;

import java.nio.ByteBuffer;

/**
 * A place for one SCSI command under way: its descriptor block, its piece of the arena, and how far it has come. Used
 * over and over; {@link IscsiSession} alone moves it from state to state. Not thread safe.
 */
final class Task {
    /** Where a task is in its life. */
    enum State {
        /** To be had. */
        FREE,
        /** Given out, not yet submitted, or its result not yet collected by its owner. */
        HELD,
        /** Waits for the command window. */
        QUEUED,
        /** With the target. */
        SENT,
        /** Waits until the target is less busy. */
        RESTING,
        /** Carried out; data of a read is there. */
        DONE,
        /** Not carried out; {@link Task#failure} says why. */
        FAILED
    }

    /** Which way data goes. */
    enum Direction {
        NONE,
        READ,
        WRITE
    }

    /** What happens at the end of a command. */
    enum Ending {
        /** Its owner collects the result. */
        COLLECT,
        /** Nobody waits: free on success, while a failure fails the session's next call. */
        UNATTENDED,
        /** Nobody cares any more. */
        IGNORE
    }

    final int index;
    /** Where {@link #data} starts in the arena. */
    final int offset;
    /** Data of the command, from 0. */
    final ByteBuffer data;

    final byte[] cdb = new byte[16];
    final ByteBuffer block = ByteBuffer.wrap(cdb);

    State state = State.FREE;
    Ending ending = Ending.COLLECT;
    Direction direction = Direction.NONE;
    /** Name of the command, for messages. */
    String name = "";
    /** Bytes to be sent or received, at most. */
    int length;
    /** Whether a read has to bring exactly {@link #length} bytes. */
    boolean exact;
    /** The bytes of the disk that the command touches. */
    long from;

    long to;
    /** The initiator task tag of this try. */
    int tag;
    /** Bytes of a read that have come. */
    int received;
    /** Bytes of a write that the target has had or asked for. */
    int granted;

    int tries;
    /** When the first try was refused as too busy, and when to try again; nanoseconds. */
    long busySince;

    long retryAt;
    IscsiException failure;

    Task(int index, int offset, ByteBuffer data) {
        this.index = index;
        this.offset = offset;
        this.data = data;
    }

    /** Makes it a new command, its descriptor block all zero but for the operation code. */
    Task command(String newName, int operation, Direction newDirection, int newLength) {
        name = newName;
        direction = newDirection;
        length = newLength;
        exact = false;
        from = 0;
        to = 0;
        block.putLong(0, 0).putLong(8, 0).put(0, (byte) operation);
        return this;
    }

    /** Says which bytes of the disk the command touches. */
    Task touching(long start, long end) {
        from = start;
        to = end;
        return this;
    }

    /** Whether the target may still answer, or has yet to be asked. */
    boolean isUnderWay() {
        return state == State.QUEUED || state == State.SENT || state == State.RESTING;
    }

    /** Whether it is under way and changes bytes in this range. */
    boolean changes(long start, long end) {
        return direction == Direction.WRITE && isUnderWay() && from < end && start < to;
    }

    @Override
    public String toString() {
        return to > from ? name + " of " + (to - from) + " bytes at byte " + from : name;
    }
}

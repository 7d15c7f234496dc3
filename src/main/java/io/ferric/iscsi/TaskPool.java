package io.ferric.iscsi;

import io.ferric.iscsi.Task.State;
import java.nio.ByteBuffer;

/**
 * The places for commands under way and the one direct buffer (the arena) that their data lies in. One place more than
 * the pipeline is deep is kept for single commands, so that these never wait for the pipeline to have room.
 */
final class TaskPool {
    private static final int CONTROL_BYTES = 64 * 1024;
    private static final int INDEX_MASK = 0xff;

    final ByteBuffer arena;
    /** For commands that are carried out one at a time. */
    final Task control;

    private final Task[] tasks;

    TaskPool(int depth, int bytes) {
        arena = ByteBuffer.allocateDirect(depth * bytes + CONTROL_BYTES);
        tasks = new Task[depth + 1];
        for (int i = 0; i < depth; i++) {
            tasks[i] = new Task(i, i * bytes, arena.slice(i * bytes, bytes));
        }
        control = new Task(depth, depth * bytes, arena.slice(depth * bytes, CONTROL_BYTES));
        control.state = State.HELD;
        tasks[depth] = control;
    }

    /** The tag of a task's next try; old answers can be told by it. */
    static int tag(Task task, int sequence) {
        return sequence << 8 | task.index;
    }

    /** The task that the target answers. Refuses an answer to a question we have not asked. */
    Task answered(int tag) throws IscsiException {
        int index = tag & INDEX_MASK;
        if (index >= tasks.length || tasks[index].tag != tag || tasks[index].state != State.SENT) {
            throw new IscsiException("protocol error: the target answers a command that is not under way");
        }
        return tasks[index];
    }

    boolean hasFree() {
        for (Task task : tasks) {
            if (task.state == State.FREE) {
                return true;
            }
        }
        return false;
    }

    /** Gives out a free task; there must be one. */
    Task take() {
        for (Task task : tasks) {
            if (task.state == State.FREE) {
                task.state = State.HELD;
                task.data.clear();
                return task;
            }
        }
        throw new IllegalStateException("no task is free");
    }

    /** Whether any command that changes bytes in this range is under way. */
    boolean changing(long from, long to) {
        for (Task task : tasks) {
            if (task.changes(from, to)) {
                return true;
            }
        }
        return false;
    }

    /** Puts tasks whose rest is over back to the sender. Returns how long the next one has still to rest, at most {@code longest}. */
    long wake(long now, long longest, TaskSender sender) {
        long wait = longest;
        for (Task task : tasks) {
            if (task.state == State.RESTING) {
                long left = task.retryAt - now;
                if (left <= 0) {
                    sender.queue(task);
                } else {
                    wait = Math.min(wait, left);
                }
            }
        }
        return wait;
    }

    /** What is under way, for messages. */
    String describe() {
        int count = 0;
        String example = "";
        for (Task task : tasks) {
            if (task.isUnderWay()) {
                count++;
                example = task.toString();
            }
        }
        return count == 0 ? "" : " (" + count + " commands under way, one of them " + example + ")";
    }
}

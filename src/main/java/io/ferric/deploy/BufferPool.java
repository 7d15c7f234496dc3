package io.ferric.deploy;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Big buffers outside the heap, used again by one copy after another. Safe for use by many threads. */
final class BufferPool {
    /** Bytes of one buffer. */
    static final int SIZE = 1 << 20;

    private final Queue<ByteBuffer> idle = new ConcurrentLinkedQueue<>();

    ByteBuffer take() {
        ByteBuffer buffer = idle.poll();
        return buffer == null ? ByteBuffer.allocateDirect(SIZE) : buffer.clear();
    }

    void give(ByteBuffer buffer) {
        idle.add(buffer);
    }
}

package io.ferric.deploy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The body of an HTTP answer as a stream that fails when nothing comes for too long, which the JDK's own does not. Asks
 * for one piece at a time, so that nothing piles up. Read by one thread.
 */
final class TimedBody extends InputStream implements Flow.Subscriber<List<ByteBuffer>> {
    private final Duration timeout;
    private final BlockingQueue<Piece> arrived = new LinkedBlockingQueue<>();
    private final Queue<ByteBuffer> current = new ArrayDeque<>();
    private volatile Flow.Subscription subscription;
    private boolean ended;

    /** What the wire brought: bytes, the end, or a failure. */
    private record Piece(List<ByteBuffer> bytes, Throwable failure) {}

    TimedBody(Duration timeout) {
        this.timeout = timeout;
    }

    /** Tells a publisher that its bytes are not wanted. */
    static void cancel(Flow.Publisher<?> publisher) {
        publisher.subscribe(new Flow.Subscriber<Object>() {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                given.cancel();
            }

            @Override
            public void onNext(Object item) {}

            @Override
            public void onError(Throwable failure) {}

            @Override
            public void onComplete() {}
        });
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(List<ByteBuffer> bytes) {
        arrived.add(new Piece(bytes, null));
    }

    @Override
    public void onError(Throwable failure) {
        arrived.add(new Piece(List.of(), failure));
    }

    @Override
    public void onComplete() {
        arrived.add(new Piece(List.of(), null));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuffer bytes = next();
        if (bytes == null) {
            return -1;
        }
        int count = Math.min(length, bytes.remaining());
        bytes.get(target, offset, count);
        return count;
    }

    @Override
    public void close() {
        ended = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }

    private ByteBuffer next() throws IOException {
        while (!ended) {
            ByteBuffer bytes = current.peek();
            if (bytes != null && bytes.hasRemaining()) {
                return bytes;
            }
            if (bytes != null) {
                current.remove();
            } else {
                await();
            }
        }
        return null;
    }

    private void await() throws IOException {
        Piece piece;
        try {
            piece = arrived.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while reading", e);
        }
        if (piece == null) {
            close();
            throw new IOException("nothing came for " + timeout.toSeconds() + " s");
        }
        if (piece.failure() != null) {
            throw new IOException("the transfer broke off: " + Faults.words(piece.failure()), piece.failure());
        }
        if (piece.bytes().isEmpty()) {
            ended = true;
        } else {
            current.addAll(piece.bytes());
            subscription.request(1);
        }
    }
}

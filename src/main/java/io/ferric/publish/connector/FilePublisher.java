package io.ferric.publish.connector;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Gives the octets of a {@link FileBody} to {@code java.net.http}: as many as were announced, or a failure. The JDK's own
 * publisher of files knows no slices and does not notice a file that has changed.
 */
final class FilePublisher implements BodyPublisher, AutoCloseable {
    /** The size hardly matters (measured: 16 KiB to 512 KiB, 1 GB/s each); this one took the least CPU. */
    private static final int PIECE = 64 * 1024;

    private final FileBody body;
    private volatile long lastPiece = System.nanoTime();
    private volatile Reading current;

    FilePublisher(FileBody body) {
        this.body = body;
    }

    /** When the last octets were taken, by {@link System#nanoTime}. */
    long lastPiece() {
        return lastPiece;
    }

    @Override
    public long contentLength() {
        return body.length();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        Reading reading = new Reading(subscriber);
        current = reading;
        reading.start();
    }

    /** Ends a sending that nobody waits for any more. */
    @Override
    public void close() {
        Reading reading = current;
        if (reading != null) {
            reading.cancel();
        }
    }

    /** One try. The channel belongs to whoever holds the demand. */
    private final class Reading implements Subscription {
        private final Subscriber<? super ByteBuffer> subscriber;
        private final AtomicLong demand = new AtomicLong();
        private FileChannel channel;
        private long left = body.length();
        private volatile boolean over;

        Reading(Subscriber<? super ByteBuffer> subscriber) {
            this.subscriber = subscriber;
        }

        void start() {
            try {
                channel = body.channel();
                body.observer().started();
            } catch (IOException e) {
                over = true;
                subscriber.onSubscribe(this);
                subscriber.onError(e);
                return;
            }
            subscriber.onSubscribe(this);
            if (left == 0) {
                request(1);
            }
        }

        @Override
        public void request(long count) {
            if (demand.getAndAccumulate(count, Reading::sum) == 0) {
                do {
                    sendPiece();
                } while (demand.decrementAndGet() > 0);
            }
        }

        private static long sum(long held, long more) {
            return more > Long.MAX_VALUE - held ? Long.MAX_VALUE : held + more;
        }

        private void sendPiece() {
            if (over) {
                closeChannel();
                return;
            }
            try {
                if (left > 0) {
                    subscriber.onNext(piece());
                }
                if (left == 0 && !over) {
                    end();
                    subscriber.onComplete();
                }
            } catch (IOException | RuntimeException e) {
                end();
                subscriber.onError(e);
            }
        }

        private ByteBuffer piece() throws IOException {
            ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, left));
            while (piece.hasRemaining()) {
                if (channel.read(piece) < 0) {
                    throw body.changed();
                }
            }
            piece.flip();
            left -= piece.remaining();
            if (left == 0) {
                body.requireUnchanged();
            }
            lastPiece = System.nanoTime();
            body.observer().sent(piece.asReadOnlyBuffer());
            return piece;
        }

        @Override
        public void cancel() {
            over = true;
            request(1);
        }

        private void end() {
            over = true;
            closeChannel();
        }

        private void closeChannel() {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                // It was only read.
            }
        }
    }
}

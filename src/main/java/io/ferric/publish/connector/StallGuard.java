package io.ferric.publish.connector;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Gives a time limit to each read of a stream that has none: when a read takes longer, the stream is closed underneath it,
 * which ends it. A connection that breaks is named as such. The only timer is the JDK's own delayer thread.
 */
final class StallGuard extends SequentialStream {
    private final Duration limit;

    StallGuard(InputStream in, Duration limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read(byte[] octets, int offset, int length) throws IOException {
        CompletableFuture<Void> alarm = new CompletableFuture<>();
        alarm.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS).exceptionally(timeout -> closeQuietly());
        try {
            int count = in.read(octets, offset, length);
            if (count < 0 && !alarm.complete(null)) {
                throw stalled();
            }
            return count;
        } catch (IOException e) {
            throw alarm.complete(null) ? new ConnectionFault(ConnectionFault.Kind.LOST, lost(e), e) : stalled();
        } finally {
            alarm.complete(null);
        }
    }

    private static String lost(IOException e) {
        return "the connection was lost in the middle of the answer (" + e.getMessage() + ")";
    }

    private IOException stalled() {
        String words = "nothing came for " + limit.toSeconds() + " s";
        return new ConnectionFault(ConnectionFault.Kind.SILENT, words, new InterruptedIOException(words));
    }

    private Void closeQuietly() {
        try {
            in.close();
        } catch (IOException e) {
            // The reader is told of the stall.
        }
        return null;
    }
}

package io.ferric.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Reads the body of an answer within a limit of length and of time, which {@code java.net.http} does not set. */
final class BoundedBody {
    private BoundedBody() {}

    /** At most {@code most} bytes, closing the body; a body that takes longer is closed underneath its reader. */
    static byte[] read(InputStream body, int most, Duration patience) throws IOException {
        CompletableFuture<Void> alarm = new CompletableFuture<>();
        alarm.orTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).exceptionally(timeout -> closeQuietly(body));
        try (body) {
            byte[] bytes = body.readNBytes(most);
            if (!alarm.complete(null)) {
                throw stalled(patience);
            }
            return bytes;
        } catch (IOException e) {
            throw alarm.complete(null) ? e : stalled(patience);
        }
    }

    private static IOException stalled(Duration patience) {
        return new InterruptedIOException("the body did not come within " + patience.toMillis() / 1000.0 + " s");
    }

    private static Void closeQuietly(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // The reader is told.
        }
        return null;
    }
}

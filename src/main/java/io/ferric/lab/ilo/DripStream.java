package io.ferric.lab.ilo;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets a byte through now and then: what is known as a slow loris, here on the side of the server. */
final class DripStream extends FilterOutputStream {
    private final Duration pause;
    private final CountDownLatch end;

    /** @param end what ends the pauses, and the stream with them */
    DripStream(OutputStream out, Duration pause, CountDownLatch end) {
        super(out);
        this.pause = pause;
        this.end = end;
    }

    @Override
    public void write(int b) throws IOException {
        try {
            if (end.await(pause.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new InterruptedIOException("the iLO was closed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        out.write(b);
        out.flush();
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        for (int i = from; i < from + length; i++) {
            write(bytes[i]);
        }
    }
}

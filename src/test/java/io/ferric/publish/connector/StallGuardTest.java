package io.ferric.publish.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StallGuardTest {
    /** Gives nothing until it is closed, and then ends or fails. */
    private static class Silence extends InputStream {
        private final CountDownLatch closed = new CountDownLatch(1);
        private final boolean fails;

        Silence(boolean fails) {
            this.fails = fails;
        }

        @Override
        public int read() throws IOException {
            try {
                closed.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (fails) {
                throw new IOException("closed");
            }
            return -1;
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void ends_a_read_that_takes_too_long() {
        for (boolean fails : new boolean[] {true, false}) {
            InputStream guarded = new StallGuard(new Silence(fails), Duration.ofMillis(50));
            assertThatExceptionOfType(ConnectionFault.class)
                    .isThrownBy(guarded::read)
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(ConnectionFault.Kind.SILENT));
        }
    }

    @Test
    void skips_no_longer_than_it_reads() {
        InputStream guarded = new StallGuard(
                new Silence(true) {
                    @Override
                    public long skip(long count) throws IOException {
                        return read() < 0 ? 0 : 1;
                    }
                },
                Duration.ofMillis(50));
        assertThatExceptionOfType(ConnectionFault.class).isThrownBy(() -> guarded.skipNBytes(10));
    }

    @Test
    void skips_what_it_is_told_to() throws IOException {
        InputStream guarded = new StallGuard(new ByteArrayInputStream(new byte[200_001]), Duration.ofSeconds(10));
        guarded.skipNBytes(200_000);
        assertThat(guarded.readAllBytes()).hasSize(1);
        assertThat(guarded.skip(1)).isZero();
    }

    @Test
    void lets_through_what_comes_in_time() throws IOException {
        InputStream guarded =
                new StallGuard(new ByteArrayInputStream(new byte[] {(byte) 200, 1}), Duration.ofSeconds(10));
        assertThat(guarded.read()).isEqualTo(200);
        assertThat(guarded.readAllBytes()).containsExactly(1);
        assertThat(guarded.read()).isEqualTo(-1);
    }
}

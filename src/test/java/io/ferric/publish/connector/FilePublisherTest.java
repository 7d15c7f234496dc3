package io.ferric.publish.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePublisherTest {
    private static final int SIZE = 200_000;

    @TempDir
    Path folder;

    private long received;
    private boolean complete;
    private Throwable failure;

    /** Takes piece by piece, and does something after the first. */
    private void send(FileBody body, Runnable afterFirst) {
        new FilePublisher(body).subscribe(new Subscriber<>() {
            private Subscription subscription;

            @Override
            public void onSubscribe(Subscription given) {
                subscription = given;
                given.request(1);
            }

            @Override
            public void onNext(ByteBuffer piece) {
                if (received == 0) {
                    afterFirst.run();
                }
                received += piece.remaining();
                subscription.request(1);
            }

            @Override
            public void onError(Throwable fault) {
                failure = fault;
            }

            @Override
            public void onComplete() {
                complete = true;
            }
        });
    }

    @Test
    void sends_the_slice_and_no_more() throws IOException {
        Path file = Files.write(folder.resolve("f"), new byte[SIZE]);

        send(new FileBody(file).slice(1000, SIZE - 2000), () -> {});

        assertThat(received).isEqualTo(SIZE - 2000);
        assertThat(complete).isTrue();
    }

    @Test
    void a_file_that_is_written_over_while_it_is_sent_is_never_sent_to_its_end() throws IOException {
        Path file = Files.write(folder.resolve("f"), new byte[SIZE]);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));

        send(new FileBody(file), () -> {
            try {
                Files.write(file, new byte[SIZE]);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(complete).isFalse();
        assertThat(failure).isInstanceOf(FileBody.Changed.class);
        assertThat(received).isLessThan(SIZE);
    }
}

package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.node.FaultCode;
import io.ferric.node.NodeFault;
import io.ferric.testkit.ClosedPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RamdiskNotifierTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final RamdiskConfig config = RamdiskConfig.defaults().withNotifyTimeout(Duration.ofSeconds(5));

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void sends_done_and_closes() throws Exception {
        try (ServerSocket ramdisk = new ServerSocket(0, 1, LOOPBACK)) {
            Future<String> heard = threads.submit(() -> listen(ramdisk));
            new RamdiskNotifier(config.withNotifyPort(ramdisk.getLocalPort())).notifyDone("127.0.0.1");

            assertThat(heard.get(60, TimeUnit.SECONDS)).isEqualTo("done");
        }
    }

    /** One that never waits; a pause takes its time all the same. */
    private RamdiskNotifier notifier(Pause pause) {
        AtomicLong now = new AtomicLong();
        return new RamdiskNotifier(
                config,
                time -> {
                    now.addAndGet(time.toNanos());
                    pause.pause(time);
                },
                now::get);
    }

    @Test
    void tries_again_until_the_ramdisk_listens() throws Exception {
        ClosedPort closed = new ClosedPort();
        int port = closed.number();
        AtomicInteger pauses = new AtomicInteger();
        AtomicReference<Future<String>> heard = new AtomicReference<>();
        notifier(time -> {
                    if (pauses.incrementAndGet() == 3) {
                        ServerSocket ramdisk = listenInsteadOf(closed);
                        heard.set(threads.submit(() -> listen(ramdisk)));
                    }
                })
                .notifyDone("127.0.0.1", port);

        assertThat(heard.get().get(60, TimeUnit.SECONDS)).isEqualTo("done");
        assertThat(pauses).hasValue(3);
    }

    @Test
    void fails_when_the_ramdisk_never_listens() throws IOException {
        AtomicInteger pauses = new AtomicInteger();
        try (ClosedPort closed = new ClosedPort()) {
            int port = closed.number();
            assertThatThrownBy(() -> notifier(time -> pauses.incrementAndGet()).notifyDone("127.0.0.1", port))
                    .hasMessageContaining("127.0.0.1 port " + port)
                    .satisfies(fault -> assertThat(RamdiskNotifier.nobodyListens((NodeFault) fault))
                            .isTrue())
                    .extracting("code")
                    .isEqualTo(FaultCode.INSTANCE_DEPLOY_FAILURE);
        }
        assertThat(pauses).hasValue(9);
    }

    /** Loopback cannot leave the machine, which the kernel says at once: no route, another error than nobody there. */
    @Test
    void tries_again_when_there_is_no_way_to_the_ramdisk() {
        AtomicInteger pauses = new AtomicInteger();
        assertThatThrownBy(() -> notifier(time -> pauses.incrementAndGet()).notifyDone("255.255.255.255", 10_000))
                .extracting("code")
                .isEqualTo(FaultCode.INSTANCE_DEPLOY_FAILURE);
        assertThat(pauses).hasValue(9);
    }

    @Test
    void tries_again_when_a_connection_is_closed_before_the_word() throws Exception {
        tries_again_after(Socket::close);
    }

    @Test
    void tries_again_when_a_connection_is_reset_before_the_word() throws Exception {
        tries_again_after(RamdiskNotifierTest::reset);
    }

    /** With the word unread, closing is a reset. */
    @Test
    void tries_again_when_a_connection_is_reset_instead_of_taking_the_word() throws Exception {
        tries_again_after(socket -> {
            socket.getInputStream().read();
            reset(socket);
        });
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private interface End {
        void of(Socket socket) throws IOException;
    }

    private void tries_again_after(End end) throws Exception {
        AtomicInteger pauses = new AtomicInteger();
        try (ServerSocket ramdisk = new ServerSocket(0, 1, LOOPBACK)) {
            Future<String> heard = threads.submit(() -> {
                end.of(ramdisk.accept());
                return listen(ramdisk);
            });
            notifier(time -> pauses.incrementAndGet()).notifyDone("127.0.0.1", ramdisk.getLocalPort());
            assertThat(heard.get(60, TimeUnit.SECONDS)).isEqualTo("done");
        }
        assertThat(pauses).hasValue(1);
    }

    /** As a ramdisk does that resets the server at once, or a listener that ends only after us. */
    @Test
    void a_word_that_is_taken_in_silence_is_passed() throws Exception {
        try (ServerSocket ramdisk = new ServerSocket(0, 1, LOOPBACK)) {
            Future<Socket> silent = threads.submit(ramdisk::accept);
            notifier(time -> {
                        throw new AssertionError("tried again");
                    })
                    .notifyDone("127.0.0.1", ramdisk.getLocalPort());
            try (Socket socket = silent.get(60, TimeUnit.SECONDS)) {
                assertThat(socket.getInputStream().readAllBytes()).asString().isEqualTo("done");
            }
        }
    }

    private static ServerSocket listenInsteadOf(ClosedPort closed) {
        int port = closed.number();
        try {
            closed.close();
            return new ServerSocket(port, 1, LOOPBACK);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String listen(ServerSocket ramdisk) throws IOException {
        try (ramdisk;
                Socket socket = ramdisk.accept()) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}

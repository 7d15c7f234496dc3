package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.node.FaultCode;
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

    @Test
    void tries_again_until_the_ramdisk_listens() throws Exception {
        ClosedPort closed = new ClosedPort();
        int port = closed.number();
        AtomicInteger pauses = new AtomicInteger();
        AtomicReference<Future<String>> heard = new AtomicReference<>();
        new RamdiskNotifier(config, time -> {
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
            assertThatThrownBy(() ->
                            new RamdiskNotifier(config, time -> pauses.incrementAndGet()).notifyDone("127.0.0.1", port))
                    .hasMessageContaining("127.0.0.1 port " + port)
                    .extracting("code")
                    .isEqualTo(FaultCode.INSTANCE_DEPLOY_FAILURE);
        }
        assertThat(pauses).hasValue(9);
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

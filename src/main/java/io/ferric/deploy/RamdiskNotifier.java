package io.ferric.deploy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Tells a waiting ramdisk that its disk is written, whereupon it stops its target and resets the server or, with {@code
 * boot_option=local}, installs a boot loader first and waits for the same word again: connects, sends {@code done}, closes. A ramdisk that does not listen yet is tried again until the time is up; one connection at most
 * is made for each word, because the ramdisk serves only one. Safe for use by many threads.
 */
public final class RamdiskNotifier {
    private static final byte[] DONE = "done".getBytes(StandardCharsets.US_ASCII);
    private static final Duration BETWEEN = Duration.ofMillis(500);

    private final RamdiskConfig config;
    private final Pause pause;

    public RamdiskNotifier(RamdiskConfig config) {
        this(config, Pause.sleeping());
    }

    public RamdiskNotifier(RamdiskConfig config, Pause pause) {
        this.config = config;
        this.pause = pause;
    }

    /** As the other, at the port of the configuration. */
    public void notifyDone(String address) {
        notifyDone(address, config.notifyPort());
    }

    /** @throws io.ferric.node.OperationFailed with {@code InstanceDeployFailure} when the word cannot be passed */
    public void notifyDone(String address, int port) {
        long tries = Math.max(1, config.notifyTimeout().dividedBy(BETWEEN));
        for (long i = 1; ; i++) {
            try {
                send(address, port);
                return;
            } catch (ConnectException e) {
                if (i >= tries) {
                    throw failed(address, port, e);
                }
                waitABit(address, port);
            } catch (IOException e) {
                throw failed(address, port, e);
            }
        }
    }

    private void send(String address, int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), (int)
                    config.notifyTimeout().toMillis());
            socket.getOutputStream().write(DONE);
        }
    }

    private void waitABit(String address, int port) {
        try {
            pause.pause(BETWEEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed(address, port, e);
        }
    }

    private static RuntimeException failed(String address, int port, Exception cause) {
        return Faults.deploy(
                "The ramdisk at " + address + " port " + port + " could not be told that its disk is written: "
                        + Faults.words(cause),
                "The disk is complete. Look at the server's console; deploy again.",
                cause);
    }
}

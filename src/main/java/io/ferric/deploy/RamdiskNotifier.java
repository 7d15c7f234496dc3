package io.ferric.deploy;

import io.ferric.node.NodeFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tells a waiting ramdisk that its disk is written, whereupon it stops its target and resets the server or, with {@code
 * boot_option=local}, installs a boot loader first and waits for the same word again: connects, sends {@code done}, and
 * looks whether it is taken. Until the time is up it is tried again when nobody can be reached or listens yet, and
 * when a connection ends before the word was sent or is reset instead of taking it: what lies between may accept it
 * for a server that does not listen. A word that nobody sent back is not repeated, because the ramdisk hears only
 * one. Safe for use by many threads.
 */
public final class RamdiskNotifier {
    private static final byte[] DONE = "done".getBytes(StandardCharsets.US_ASCII);
    private static final Duration BETWEEN = Duration.ofMillis(500);
    /** Shorter than a kernel's own patience, and long enough for a lost packet or two. */
    private static final Duration CONNECT = Duration.ofSeconds(10);
    /** How long a connection is looked at before the word: nothing ends one that somebody listens to. */
    private static final Duration SETTLE = Duration.ofMillis(200);
    /** How long the ramdisk gets to close its side; one that has reset the server never does. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final RamdiskConfig config;
    private final Pause pause;
    private final LongSupplier nanoTime;

    public RamdiskNotifier(RamdiskConfig config) {
        this(config, Pause.sleeping(), System::nanoTime);
    }

    /** @param nanoTime as {@link System#nanoTime()} */
    public RamdiskNotifier(RamdiskConfig config, Pause pause, LongSupplier nanoTime) {
        this.config = config;
        this.pause = pause;
        this.nanoTime = nanoTime;
    }

    /** As the other, at the port of the configuration. */
    public void notifyDone(String address) {
        notifyDone(address, config.notifyPort());
    }

    /** @throws io.ferric.node.OperationFailed with {@code InstanceDeployFailure} when the word cannot be passed */
    public void notifyDone(String address, int port) {
        long end = nanoTime.getAsLong() + config.notifyTimeout().toNanos();
        while (true) {
            try {
                send(address, port, Duration.ofNanos(end - nanoTime.getAsLong()));
                return;
            } catch (IOException e) {
                if (end - nanoTime.getAsLong() <= BETWEEN.toNanos()) {
                    throw failed(address, port, e);
                }
                waitABit(address, port);
            }
        }
    }

    /** Whether the server answers, but nobody listens there: who was told before may be at work. */
    public static boolean nobodyListens(NodeFault failure) {
        return failure.getCause() instanceof ConnectException;
    }

    private static void send(String address, int port, Duration left) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), millis(left.compareTo(CONNECT) < 0 ? left : CONNECT));
            if (!staysOpen(socket, SETTLE)) {
                throw new ConnectException("The connection was closed before the word");
            }
            socket.getOutputStream().write(DONE);
            socket.shutdownOutput();
            staysOpen(socket, FAREWELL);
        }
    }

    /** Listens for so long; false when the other side closes. */
    private static boolean staysOpen(Socket socket, Duration time) throws IOException {
        socket.setSoTimeout(millis(time));
        try {
            return socket.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            return true;
        }
    }

    private static int millis(Duration time) {
        return (int) Math.max(1, time.toMillis());
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

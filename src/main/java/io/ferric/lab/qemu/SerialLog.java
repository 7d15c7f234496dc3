package io.ferric.lab.qemu;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the file that QEMU writes one boot's serial output to. For one thread. */
final class SerialLog implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(SerialLog.class);

    private final FileChannel file;
    private final SerialConsole console;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

    SerialLog(Path path, SerialConsole console) throws IOException {
        this.file = FileChannel.open(path);
        this.console = console;
    }

    /** Hands on what has come since the last time. */
    void poll() {
        try {
            while (file.read(buffer.clear()) > 0) {
                console.accept(buffer.flip());
            }
        } catch (IOException e) {
            LOG.warn("the serial log cannot be read: {}", e.toString());
        }
    }

    /** Hands on the rest; QEMU has ended. */
    @Override
    public void close() {
        poll();
        console.end();
        try {
            file.close();
        } catch (IOException e) {
            LOG.debug("close failed: {}", e.toString());
        }
    }
}

package io.ferric.publish;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How a {@link Keystone} session talks to OpenStack.
 *
 * @param caFile PEM certificates to trust instead of the JDK's own
 * @param connectTimeout for the TCP connection
 * @param readTimeout until an answer begins (beside the time an upload takes), and between two pieces of it
 */
public record KeystoneOptions(Optional<Path> caFile, Duration connectTimeout, Duration readTimeout) {
    /** The JDK's trusted certificates, 10 s, 60 s. */
    public static KeystoneOptions defaults() {
        return new KeystoneOptions(Optional.empty(), Duration.ofSeconds(10), Duration.ofSeconds(60));
    }

    public KeystoneOptions withCaFile(Path file) {
        return new KeystoneOptions(Optional.of(file), connectTimeout, readTimeout);
    }

    public KeystoneOptions withTimeouts(Duration connect, Duration read) {
        return new KeystoneOptions(caFile, connect, read);
    }
}

package io.ferric.rest;

import io.ferric.testkit.Peer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Debian's Ironic on loopback, by {@code src/it/api/serve_ironic.py}; it ends when closed, or with this JVM. */
final class RealIronic implements AutoCloseable {
    private final Process process;
    private final URI uri;

    private RealIronic(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    static RealIronic start() throws IOException {
        Peer.requireFile("/usr/bin/ironic-api", "ironic-api");
        Peer.requireFile("/usr/bin/ironic-conductor", "ironic-conductor");
        Path words = Files.createTempFile("ironic", ".err");
        try {
            Process process = new ProcessBuilder("/usr/bin/python3", "-B", "src/it/api/serve_ironic.py")
                    .redirectError(words.toFile())
                    .start();
            BufferedReader out = process.inputReader();
            String up = out.readLine();
            if (up == null) {
                throw new IOException(Files.readString(words));
            }
            return new RealIronic(process, URI.create(up.split(" ")[1]));
        } finally {
            Files.delete(words);
        }
    }

    URI uri() {
        return uri;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroy();
    }
}

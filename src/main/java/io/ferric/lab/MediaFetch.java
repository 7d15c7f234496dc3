package io.ferric.lab;

import io.ferric.lab.ilo.Bay;
import io.ferric.lab.ilo.IloFault;
import io.ferric.lab.ilo.SimulatedIlo;
import io.ferric.lab.kit.Trust;
import io.ferric.lab.media.Blocks;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;

/**
 * Fetches virtual media over the network as the iLO does for its server: HEAD for the size, then GETs with Range. No
 * message of its exceptions holds a URL. For one thread at a time.
 */
public final class MediaFetch {
    private static final int PIECE = 1 << 20;

    private final SimulatedIlo ilo;
    private final HttpClient http;

    /** @param trust which image servers are believed; see {@link Trust} */
    public MediaFetch(SimulatedIlo ilo, SSLContext trust) {
        this(ilo, client(trust));
    }

    MediaFetch(SimulatedIlo ilo, HttpClient http) {
        this.ilo = ilo;
        this.http = http;
    }

    static HttpClient client(SSLContext trust) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .sslContext(trust)
                .build();
    }

    /** Opens the medium of a drive, to be read bit by bit. */
    Blocks open(Bay bay) throws IOException, InterruptedException {
        if (ilo.state().struck(IloFault.NEVER_FETCHES)) {
            throw new IOException("the drive is empty");
        }
        return RemoteImage.open(http, bay.imageUrl().orElseThrow(() -> new IOException("no medium")));
    }

    /**
     * Copies the whole medium of a drive into a file and returns its size in bytes.
     *
     * @param stop asked between two pieces; the copy is given up when it says so
     * @throws IOException saying why the medium cannot be read; the file may then hold a part of it
     */
    public long copy(Bay bay, Path file, BooleanSupplier stop) throws IOException, InterruptedException {
        Blocks medium = open(bay);
        try (OutputStream out = Files.newOutputStream(file)) {
            for (long at = 0; at < medium.size(); at += PIECE) {
                if (stop.getAsBoolean()) {
                    throw new IOException("the medium is no longer wanted");
                }
                byte[] piece = new byte[(int) Math.min(PIECE, medium.size() - at)];
                medium.read(at, piece);
                out.write(piece);
            }
        }
        return medium.size();
    }
}

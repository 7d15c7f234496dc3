package io.ferric.publish;

import io.ferric.publish.connector.ScriptedServer;
import io.ferric.publish.connector.ScriptedServer.Request;
import io.ferric.publish.connector.ScriptedServer.Script;
import io.ferric.testkit.ManualClock;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;

/** Keystone's login and token check, with answers that a test may put in their place; over TLS when given a context. */
final class FakeKeystone implements AutoCloseable {
    final List<String> bodies = new CopyOnWriteArrayList<>();
    final AtomicInteger logins = new AtomicInteger();
    final ScriptedServer server;
    volatile Duration lifetime = Duration.ofHours(1);
    /** By how much the clock there is ahead. */
    volatile Duration ahead = Duration.ZERO;
    /** In place of the usual answer to a login. */
    volatile Optional<Script> login = Optional.empty();
    /** In place of the usual answer to a check. */
    volatile Optional<Script> check = Optional.empty();

    FakeKeystone() throws IOException {
        this(Optional.empty());
    }

    FakeKeystone(Optional<SSLContext> tls) throws IOException {
        server = new ScriptedServer(this::answer, tls);
    }

    URI url() {
        return server.url("/v3");
    }

    private boolean answer(Request request, OutputStream out) throws IOException {
        bodies.add(new String(request.content(), StandardCharsets.UTF_8));
        if (request.line().startsWith("POST /v3/auth/tokens ")) {
            int number = logins.incrementAndGet();
            return login.isPresent() ? login.get().answer(request, out) : token(out, "token-" + number);
        }
        if (request.line().startsWith("GET /v3/auth/tokens?nocatalog ")) {
            return check.isPresent()
                    ? check.get().answer(request, out)
                    : say(out, "404 Not Found", "{\"error\": {\"code\": 404}}");
        }
        return say(out, "404 Not Found", "");
    }

    boolean token(OutputStream out, String id) throws IOException {
        String issued = ManualClock.START.plus(ahead).toString();
        String expires = ManualClock.START.plus(ahead).plus(lifetime).toString();
        return ScriptedServer.say(
                out,
                "201 Created",
                "X-Subject-Token: " + id + "\r\nContent-Type: application/json\r\n",
                ("{\"token\": {\"issued_at\": \"" + issued.replace("Z", ".000000Z") + "\", \"expires_at\": \""
                                + expires.replace("Z", ".000000Z") + "\", \"catalog\": []}}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    static boolean say(OutputStream out, String status, String body) throws IOException {
        return ScriptedServer.say(
                out, status, "Content-Type: application/json\r\n", body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}

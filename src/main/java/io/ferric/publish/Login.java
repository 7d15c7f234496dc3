package io.ferric.publish;

import io.ferric.publish.connector.ConnectionFault;
import io.ferric.publish.connector.HttpTransport;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.ObjectMapperSingleton;
import org.openstack4j.openstack.identity.v3.domain.KeystoneToken;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Keystone for a token. The request is our own, since openstack4j's builder knows no application credentials and ties
 * a session to the thread; the answer is read into openstack4j's token.
 */
final class Login {
    private static final Logger LOG = LoggerFactory.getLogger(Login.class);
    private static final int RETRIES = 2;
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final AuthUrl url;
    private final Credentials who;
    private final HttpTransport transport;
    private final Clock clock;
    private final Pause pause;

    Login(AuthUrl url, Credentials who, HttpTransport transport, Clock clock, Pause pause) {
        this.url = url;
        this.who = who;
        this.transport = transport;
        this.clock = clock;
        this.pause = pause;
    }

    /** Keystone is in trouble, which may pass. */
    private static final class Trouble extends IOException {
        private static final long serialVersionUID = 1L;

        Trouble(String message) {
            super(message);
        }
    }

    /** One login, tried again when Keystone is in trouble or cannot be reached: to ask twice does no harm. */
    HeldToken perform() throws IOException {
        for (int tried = 0; ; tried++) {
            try {
                return once();
            } catch (IOException e) {
                boolean mayPass = e instanceof Trouble || e instanceof ConnectionFault fault && fault.mayPass();
                if (tried == RETRIES || !mayPass) {
                    throw e;
                }
                LOG.info("the login at {} is tried again: {}", url, Faults.reason(e));
                pause.pause(Duration.ofSeconds(1L << tried));
            }
        }
    }

    private HeldToken once() throws IOException {
        HttpRequest<Void> request = Requests.to(url.tokens())
                .method(HttpMethod.POST)
                .json(ObjectMapperSingleton.getContext(Map.class).writeValueAsString(Map.of("auth", who.asRequest())))
                .contentType("application/json")
                .build();
        Instant asked = clock.instant();
        try (HttpResponse answer = send(request)) {
            if (answer.getStatus() >= 500) {
                throw new Trouble(KeystoneWords.ofLogin(answer, who));
            }
            if (answer.getStatus() != 201 && answer.getStatus() != 200) {
                throw new IOException(KeystoneWords.ofLogin(answer, who));
            }
            return token(answer, asked);
        }
    }

    /** At once again when the kept connection turns out to be dead. */
    private HttpResponse send(HttpRequest<Void> request) throws IOException {
        try {
            return transport.execute(request);
        } catch (ConnectionFault e) {
            if (e.kind() != ConnectionFault.Kind.LOST) {
                throw e;
            }
            return transport.execute(request);
        }
    }

    private HeldToken token(HttpResponse answer, Instant asked) throws IOException {
        Optional<String> id = Optional.ofNullable(answer.header("X-Subject-Token"));
        try {
            KeystoneToken token = answer.readEntity(KeystoneToken.class);
            Instant expires = token.getExpires().toInstant();
            Instant issued = Optional.ofNullable(token.getIssuedAt())
                    .map(date -> date.toInstant())
                    .orElse(asked);
            warnOfSkew(answer);
            Duration lifetime = Duration.between(issued, expires);
            return new HeldToken(id.orElseThrow(), lifetime, asked.plus(lifetime), Catalogue.of(token));
        } catch (RuntimeException e) {
            throw new IOException(KeystoneWords.notUnderstood(answer), e);
        }
    }

    private void warnOfSkew(HttpResponse answer) {
        dateOf(answer).map(date -> Duration.between(clock.instant(), date)).ifPresent(ahead -> {
            if (ahead.abs().compareTo(SKEW) > 0) {
                LOG.warn(
                        "Keystone's clock is {} s {} this machine's: signed URLs may be refused or live too long; set the clocks",
                        ahead.abs().toSeconds(),
                        ahead.isNegative() ? "behind" : "ahead of");
            }
        });
    }

    /** The time at the server when it answered. */
    static Optional<Instant> dateOf(HttpResponse answer) {
        return Optional.ofNullable(answer.header("Date")).flatMap(SwiftClock::date);
    }
}

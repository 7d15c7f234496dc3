package io.ferric.publish;

import io.ferric.publish.connector.HttpTransport;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.openstack4j.api.exceptions.ResponseException;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpResponse;

/** Asks Keystone about tokens of others, with our own. Source: OpenStack Identity API v3, "Validate and show information for token". */
final class TokenCheck {
    /** Fernet tokens have about 250 characters, PKI tokens had some thousands. */
    private static final int LONGEST = 8192;

    private final String plain;
    private final HttpTransport transport;
    private final TokenKeeper tokens;
    private final Clock clock;

    TokenCheck(AuthUrl authUrl, HttpTransport transport, TokenKeeper tokens, Clock clock) {
        this.plain = authUrl.tokens() + "?nocatalog";
        this.transport = transport;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Empty for what is no good token, without a question when it cannot even be one. */
    Optional<TokenFacts> facts(String asked, boolean allowExpired) throws IOException {
        if (asked.length() > LONGEST || !asked.matches("[!-~]+")) {
            return Optional.empty();
        }
        URI url = URI.create(allowExpired ? plain + "&allow_expired=1" : plain);
        HeldToken own = tokens.current(Duration.ZERO);
        try (HttpResponse answer = ask(url, asked, own)) {
            if (answer.getStatus() != 401) {
                return facts(answer);
            }
        }
        try (HttpResponse answer = ask(url, asked, tokens.insteadOf(own))) {
            return facts(answer);
        }
    }

    private HttpResponse ask(URI url, String asked, HeldToken own) throws IOException {
        return transport.execute(Requests.to(url)
                .method(HttpMethod.GET)
                .header("X-Auth-Token", own.id())
                .header("X-Subject-Token", asked)
                .build());
    }

    private Optional<TokenFacts> facts(HttpResponse answer) throws IOException {
        return switch (answer.getStatus()) {
            case 200 -> Optional.of(read(answer));
            case 404 -> Optional.empty();
            case 401 -> throw new UnexpectedStatus(401, "although Ferric's own token is new");
            case 403 ->
                throw new UnexpectedStatus(
                        403, "Ferric's user may not check tokens; give it the role service or admin");
            default -> throw new IOException(KeystoneWords.of(answer));
        };
    }

    private TokenFacts read(HttpResponse answer) throws IOException {
        Duration ahead = Login.dateOf(answer)
                .map(date -> Duration.between(clock.instant(), date))
                .orElse(Duration.ZERO);
        try {
            return TokenFacts.of(answer.readEntity(Map.class), ahead);
        } catch (ResponseException e) {
            throw new IOException(KeystoneWords.notUnderstood(answer), e);
        }
    }
}

package io.ferric.publish;

import io.ferric.publish.connector.Body;
import io.ferric.publish.connector.ConnectionFault;
import io.ferric.publish.connector.HttpTransport;
import io.ferric.publish.connector.TransportOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session over openstack4j. It takes from openstack4j requests, answers, JSON and the model of token and catalogue. Its
 * service classes are left out: they hide the status of a failed upload, do not encode names, and hang on a thread.
 */
final class KeystoneSession implements Keystone {
    private static final Logger LOG = LoggerFactory.getLogger(KeystoneSession.class);

    private final AuthUrl authUrl;
    private final Credentials who;
    private final KeystoneOptions how;
    private final HttpTransport transport;
    private final Clock clock;
    private final TokenKeeper tokens;
    private final TokenCheck check;
    private final AtomicBoolean saidShort = new AtomicBoolean();

    private KeystoneSession(
            AuthUrl authUrl, Credentials who, KeystoneOptions how, HttpTransport transport, Clock clock, Pause pause) {
        this.authUrl = authUrl;
        this.who = who;
        this.how = how;
        this.transport = transport;
        this.clock = clock;
        this.tokens = new TokenKeeper(new Login(authUrl, who, transport, clock, pause)::perform, clock);
        this.check = new TokenCheck(authUrl, transport, tokens, clock);
    }

    static KeystoneSession open(Credentials who, KeystoneOptions how, Clock clock) throws PublishException {
        return open(who, how, clock, Pause.SLEEP);
    }

    /** @param pause between two tries of a login */
    static KeystoneSession open(Credentials who, KeystoneOptions how, Clock clock, Pause pause)
            throws PublishException {
        AuthUrl authUrl = AuthUrl.of(who.authUrl());
        if (authUrl.inClear()) {
            LOG.warn("{} and all tokens go in clear to {}: use https", who.shown(), authUrl);
        }
        TransportOptions options = TransportOptions.defaults().withTimeouts(how.connectTimeout(), how.readTimeout());
        if (how.caFile().isPresent()) {
            options = options.withTls(TrustStore.of(how.caFile().get()));
        }
        if (how.proxy().isPresent()) {
            options = options.withProxy(how.proxy().get());
        }
        return new KeystoneSession(authUrl, who, how, new HttpTransport(options), clock, pause);
    }

    /**
     * A request to a service of the catalogue.
     *
     * @param path behind the service's URL, percent-encoded, with a leading slash, or empty
     * @param body sent from its start at each try
     */
    record Call(HttpMethod method, String path, Map<String, String> headers, Optional<Body> body) {
        static Call of(HttpMethod method, String path) {
            return new Call(method, path, Map.of(), Optional.empty());
        }
    }

    @Override
    public String token() throws PublishException {
        return current(Duration.ZERO).id();
    }

    @Override
    public String token(Duration atLeast) throws PublishException {
        HeldToken token = current(atLeast);
        if (token.longest().compareTo(atLeast) < 0 && saidShort.compareAndSet(false, true)) {
            LOG.warn(
                    "a token is needed for {} s, but Keystone's live {} s; raise [token] expiration there, or what needs them may end too early",
                    atLeast.toSeconds(),
                    token.lifetime().toSeconds());
        }
        return token.id();
    }

    @Override
    public Optional<TokenFacts> validate(String token) throws PublishException {
        return facts(token, false);
    }

    @Override
    public Optional<TokenFacts> validateEvenExpired(String token) throws PublishException {
        return facts(token, true);
    }

    private Optional<TokenFacts> facts(String asked, boolean allowExpired) throws PublishException {
        try {
            return check.facts(asked, allowExpired);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    @Override
    public ObjectStore objectStore() {
        return new SwiftAccount(this);
    }

    @Override
    public ImageCatalog imageCatalog() {
        return new GlanceCatalog(this, clock);
    }

    /**
     * Sends a request with the token, and once more, its body from the start, with a new token after a 401. The caller closes
     * the answer.
     *
     * @throws UnexpectedStatus 401 when the service refuses the new token too
     */
    HttpResponse send(String service, Call call) throws IOException {
        HeldToken first = current(Duration.ZERO);
        HttpResponse answer = heard(first, service, call);
        if (answer.getStatus() != 401) {
            return answer;
        }
        answer.close();
        HttpResponse again = send(insteadOf(first), service, call);
        if (again.getStatus() != 401) {
            return again;
        }
        again.close();
        throw new UnexpectedStatus(
                401,
                "although the token is new; does the " + service + " service trust Keystone at " + authUrl
                        + ", and has " + who.shown() + " a role there?");
    }

    /**
     * As {@link #send(HeldToken, String, Call)}. What stands before a service may refuse the head of an upload and close
     * without reading the body, and the refusal is lost with the connection: of a lost upload it is asked by HEAD whether the
     * token is the reason. The caller closes the answer.
     */
    private HttpResponse heard(HeldToken with, String service, Call call) throws IOException {
        try {
            return send(with, service, call);
        } catch (ConnectionFault e) {
            if (e.kind() != ConnectionFault.Kind.LOST || call.body().isEmpty()) {
                throw e;
            }
            return refusal(with, service, call).orElseThrow(() -> e);
        }
    }

    private Optional<HttpResponse> refusal(HeldToken with, String service, Call call) {
        try {
            HttpResponse answer = send(with, service, Call.of(HttpMethod.HEAD, call.path()));
            if (answer.getStatus() == 401) {
                return Optional.of(answer);
            }
            answer.close();
        } catch (IOException e) {
            LOG.debug("no word of why an upload was lost", e);
        }
        return Optional.empty();
    }

    private HttpResponse send(HeldToken with, String service, Call call) throws IOException {
        HttpRequest<Void> request = Requests.to(URI.create(endpoint(with, service) + call.path()))
                .method(call.method())
                .headers(call.headers())
                .header("X-Auth-Token", with.id())
                .build();
        return call.body().isEmpty()
                ? transport.execute(request)
                : transport.execute(
                        request,
                        call.body().get(),
                        call.headers().getOrDefault("Content-Type", "application/octet-stream"));
    }

    /** A request without token to any URL. The caller closes the answer. */
    HttpResponse get(URI url) throws IOException {
        return transport.execute(Requests.to(url).method(HttpMethod.GET).build());
    }

    /** As {@link #get}, the body left out. */
    HttpResponse head(URI url) throws IOException {
        return transport.execute(Requests.to(url).method(HttpMethod.HEAD).build());
    }

    /** The URL of a service, without a slash at the end: the one that is set, else that of the catalogue. */
    URI endpoint(String service) throws IOException {
        return how.endpoints().containsKey(service) ? set(service) : endpoint(current(Duration.ZERO), service);
    }

    private URI endpoint(HeldToken with, String service) throws PublishException {
        return how.endpoints().containsKey(service)
                ? set(service)
                : with.catalogue().endpoint(service, how.region(), how.facing());
    }

    private URI set(String service) throws PublishException {
        return Catalogue.trimmed(how.endpoints().get(service).toString());
    }

    private HeldToken current(Duration atLeast) throws PublishException {
        try {
            return tokens.current(atLeast);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private HeldToken insteadOf(HeldToken refused) throws PublishException {
        try {
            return tokens.insteadOf(refused);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private PublishException failure(IOException e) {
        return new PublishException(
                PublishException.KEYSTONE_FAILURE, "Keystone at " + authUrl + ": " + Faults.reason(e) + ".", e);
    }

    @Override
    public void close() {
        transport.close();
    }
}

package io.ferric.publish;

import io.ferric.publish.connector.FileBody;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.openstack4j.api.exceptions.AuthenticationException;
import org.openstack4j.api.exceptions.OS4JException;
import org.openstack4j.api.exceptions.ResponseException;
import org.openstack4j.api.types.Facing;
import org.openstack4j.core.transport.Config;
import org.openstack4j.core.transport.HttpMethod;
import org.openstack4j.core.transport.HttpRequest;
import org.openstack4j.core.transport.HttpResponse;
import org.openstack4j.core.transport.internal.HttpExecutor;
import org.openstack4j.model.common.Identifier;
import org.openstack4j.model.identity.v3.Endpoint;
import org.openstack4j.model.identity.v3.Service;
import org.openstack4j.model.identity.v3.Token;
import org.openstack4j.openstack.OSFactory;

/**
 * The session over openstack4j. It takes from openstack4j the login, the catalogue and the transport. The service classes
 * above them are left out: they hide the status of a failed upload, do not encode names, and hang on a thread.
 */
final class KeystoneSession implements Keystone {
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final Credentials who;
    private final Config config;
    private final Clock clock;
    private Optional<Token> token = Optional.empty();

    private KeystoneSession(Credentials who, Config config, Clock clock) {
        this.who = who;
        this.config = config;
        this.clock = clock;
    }

    static KeystoneSession open(Credentials who, KeystoneOptions how, Clock clock) throws PublishException {
        Config config = Config.newConfig()
                .withConnectionTimeout(Math.toIntExact(how.connectTimeout().toMillis()))
                .withReadTimeout(Math.toIntExact(how.readTimeout().toMillis()));
        if (how.caFile().isPresent()) {
            config.withSSLContext(trusting(how.caFile().get()));
        }
        return new KeystoneSession(who, config, clock);
    }

    /**
     * A request to a service of the catalogue.
     *
     * @param path behind the service's URL, percent-encoded, with a leading slash, or empty
     * @param body sent from the file, and opened again for a second try
     */
    record Call(HttpMethod method, String path, Map<String, String> headers, Optional<Path> body) {
        static Call of(HttpMethod method, String path) {
            return new Call(method, path, Map.of(), Optional.empty());
        }
    }

    @Override
    public String token() throws PublishException {
        return current().getId();
    }

    @Override
    public Optional<TokenFacts> validate(String asked) throws PublishException {
        try (HttpResponse answer = transmit(request(URI.create(authUrl() + "/auth/tokens"))
                .method(HttpMethod.GET)
                .header("X-Auth-Token", token())
                .header("X-Subject-Token", asked)
                .build())) {
            if (answer.getStatus() == 404) {
                return Optional.empty();
            }
            if (answer.getStatus() != 200) {
                throw new UnexpectedStatus(answer.getStatus());
            }
            return Optional.of(TokenFacts.of(answer.readEntity(Map.class)));
        } catch (IOException | ResponseException e) {
            throw failure(e);
        }
    }

    private String authUrl() {
        return who.authUrl().toString().replaceAll("/+$", "");
    }

    @Override
    public ObjectStore objectStore() {
        return new SwiftAccount(this);
    }

    @Override
    public ImageCatalog imageCatalog() {
        return new GlanceCatalog(this);
    }

    /** Sends a request with the token, and once more with a new token after a 401. The caller closes the answer. */
    HttpResponse send(String service, Call call) throws IOException {
        Token first = current();
        HttpResponse answer = send(first, service, call);
        if (answer.getStatus() != 401) {
            return answer;
        }
        answer.close();
        return send(renewed(first), service, call);
    }

    private HttpResponse send(Token with, String service, Call call) throws IOException {
        HttpRequest.RequestBuilder<Void> request = request(URI.create(endpoint(with, service) + call.path()))
                .method(call.method())
                .headers(call.headers())
                .header("X-Auth-Token", with.getId());
        call.body().ifPresent(file -> request.entity(new FileBody(file)).contentType("application/octet-stream"));
        return transmit(request.build());
    }

    /** A request without token to any URL. The caller closes the answer. */
    HttpResponse get(URI url) throws IOException {
        return transmit(request(url).method(HttpMethod.GET).build());
    }

    /** As {@link #get}, the body left out. */
    HttpResponse head(URI url) throws IOException {
        return transmit(request(url).method(HttpMethod.HEAD).build());
    }

    /** openstack4j puts a slash behind an endpoint without path, so the whole path goes as one. */
    private HttpRequest.RequestBuilder<Void> request(URI url) {
        return HttpRequest.builder()
                .config(config)
                .endpoint(url.getScheme() + "://" + url.getRawAuthority())
                .path(url.getRawPath()
                        + Optional.ofNullable(url.getRawQuery())
                                .map(query -> "?" + query)
                                .orElse(""));
    }

    private static HttpResponse transmit(HttpRequest<Void> request) throws IOException {
        try {
            return HttpExecutor.create().execute(request);
        } catch (ResponseException e) {
            throw new IOException(Faults.reason(e), e);
        }
    }

    /** The public URL of a service, without a slash at the end. */
    URI endpoint(String service) throws IOException {
        return endpoint(current(), service);
    }

    private URI endpoint(Token with, String service) throws PublishException {
        return with.getCatalog().stream()
                .filter(entry -> service.equals(entry.getType()))
                .map(Service::getEndpoints)
                .flatMap(endpoints -> endpoints.stream())
                .filter(endpoint -> endpoint.getIface() == Facing.PUBLIC)
                .filter(this::inRegion)
                .map(endpoint -> URI.create(endpoint.getUrl().toString().replaceAll("/+$", "")))
                .findFirst()
                .orElseThrow(
                        () -> failure("the catalogue of " + who.tenantName() + " has no public " + service + " service"
                                + who.region().map(name -> " in region " + name).orElse("")));
    }

    private boolean inRegion(Endpoint endpoint) {
        return who.region()
                .map(name -> name.equals(endpoint.getRegionId()) || name.equals(endpoint.getRegion()))
                .orElse(true);
    }

    private synchronized Token current() throws PublishException {
        if (token.isEmpty()
                || !clock.instant()
                        .plus(MARGIN)
                        .isBefore(token.get().getExpires().toInstant())) {
            token = Optional.of(login());
        }
        return token.get();
    }

    /** Logs in again unless another thread has done so since. */
    private synchronized Token renewed(Token refused) throws PublishException {
        if (token.filter(held -> !Objects.equals(held.getId(), refused.getId())).isEmpty()) {
            token = Optional.of(login());
        }
        return token.get();
    }

    /** On a thread of its own, since openstack4j ties a session to the thread that logs in. */
    private Token login() throws PublishException {
        try {
            return CompletableFuture.supplyAsync(this::authenticate, task -> new Thread(task, "ferric-login").start())
                    .join();
        } catch (CompletionException e) {
            throw failure(e.getCause());
        }
    }

    private Token authenticate() {
        return OSFactory.builderV3()
                .endpoint(who.authUrl().toString())
                .withConfig(config)
                .credentials(who.user(), who.key(), Identifier.byName(who.userDomain()))
                .scopeToProject(Identifier.byName(who.tenantName()), Identifier.byName(who.projectDomain()))
                .authenticate()
                .getToken();
    }

    private PublishException failure(Throwable cause) {
        if (cause instanceof AuthenticationException refusal && refusal.getStatus() == 401) {
            return failure("it refuses the user " + who.user() + " of " + who.tenantName() + "; check user, key,"
                    + " tenant_name and the domains");
        }
        String reason = cause instanceof OS4JException ? Faults.reason(cause) : cause.toString();
        return new PublishException(
                PublishException.KEYSTONE_FAILURE, "Keystone at " + who.authUrl() + ": " + reason + ".", cause);
    }

    private PublishException failure(String reason) {
        return new PublishException(
                PublishException.KEYSTONE_FAILURE, "Keystone at " + who.authUrl() + ": " + reason + ".");
    }

    private static SSLContext trusting(Path caFile) throws PublishException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : PemFiles.chain(caFile)) {
                store.setCertificateEntry("ca" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new PublishException(
                    PublishException.INVALID_PARAMETER_VALUE, "caFile cannot be used: " + Faults.reason(e) + ".", e);
        }
    }
}

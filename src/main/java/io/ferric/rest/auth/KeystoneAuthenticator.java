package io.ferric.rest.auth;

import io.ferric.driver.CallerToken;
import io.ferric.node.AccessDenied;
import io.ferric.node.FaultCode;
import io.ferric.node.NotAuthenticated;
import io.ferric.node.Secret;
import io.ferric.node.Unavailable;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Users of OpenStack, by the token in {@code X-Auth-Token}. A service that works for a user shows its own token too, in {@code
 * X-Service-Token}; then the user's may have expired meanwhile. Source: keystonemiddleware's {@code auth_token}.
 */
public final class KeystoneAuthenticator implements Authenticator {
    private static final Logger LOG = LoggerFactory.getLogger(KeystoneAuthenticator.class);

    private final KeystoneAuthConfig config;
    private final URI authUrl;
    private final TokenCache tokens;
    private final AtomicBoolean failing = new AtomicBoolean();

    /**
     * @param authUrl where callers get tokens
     * @param threads how many REST has, of which questions to Keystone may take a part
     */
    public KeystoneAuthenticator(
            KeystoneAuthConfig config, URI authUrl, TokenValidator keystone, int threads, Clock clock) {
        this.config = config;
        this.authUrl = authUrl;
        this.tokens = new TokenCache(
                keystone,
                config.tokenCacheTime(),
                Turns.ofThreads(threads, "unknown tokens are being checked"),
                clock,
                new SecureRandom());
    }

    @Override
    public String challenge() {
        return "Keystone uri=\"" + authUrl + "\"";
    }

    @Override
    public Caller authenticate(MultivaluedMap<String, String> headers) {
        String token = AuthHeaders.only(headers, AuthHeaders.TOKEN)
                .orElseThrow(() -> new NotAuthenticated(
                        "The request has no token.",
                        "Get one from Keystone and send it as " + AuthHeaders.TOKEN + "."));
        boolean allowExpired = AuthHeaders.only(headers, AuthHeaders.SERVICE_TOKEN)
                .map(this::ofService)
                .orElse(false);
        return callerWith(token, allowExpired);
    }

    /** Whether this token of a service speaks for users whose own has expired; any other that is good changes nothing. */
    private boolean ofService(String token) {
        TokenOwner service = owner(token, false)
                .orElseThrow(() -> new NotAuthenticated(
                        "The token in " + AuthHeaders.SERVICE_TOKEN + " is unknown to Keystone, expired or revoked.",
                        "The service must get a new one."));
        return has(service, config.serviceTokenRoles());
    }

    /** As {@link #authenticate}, for a token at hand. */
    public Caller callerWith(String token) {
        return callerWith(token, false);
    }

    private Caller callerWith(String token, boolean allowExpired) {
        TokenOwner owner = owner(token, allowExpired)
                .orElseThrow(() -> new NotAuthenticated(
                        "The token is unknown to Keystone, expired or revoked.", "Get a new one."));
        Standing standing = standing(owner).orElseThrow(() -> denied(owner));
        Optional<CallerToken> kept = config.ramdiskToken() == RamdiskTokenKind.CALLER
                ? Optional.of(new CallerToken(Secret.of(token), owner.expires()))
                : Optional.empty();
        return new Caller(owner.userName(), owner.userId(), standing.role(), standing.project(), kept);
    }

    private Optional<TokenOwner> owner(String token, boolean allowExpired) {
        try {
            Optional<TokenOwner> owner = tokens.owner(token, allowExpired);
            if (failing.compareAndSet(true, false)) {
                LOG.info("Keystone can be asked about tokens again");
            }
            return owner;
        } catch (IOException e) {
            // once: while it is away, every request comes here
            if (failing.compareAndSet(false, true)) {
                LOG.error("callers of the REST API cannot be authenticated: {}", e.getMessage());
            }
            throw new Unavailable(
                    FaultCode.TEMPORARY_FAILURE,
                    "Keystone cannot be asked whose token this is.",
                    "Try again; the conductor's log tells why.",
                    e);
        }
    }

    /** @param project empty where the role is for the whole system */
    private record Standing(Role role, Optional<String> project) {}

    private Optional<Standing> standing(TokenOwner owner) {
        if (!owner.system() && owner.project().isEmpty()) {
            // of a domain: its administrators are customers, too
            return Optional.empty();
        }
        return roleInSystem(owner)
                .map(role -> new Standing(role, Optional.empty()))
                .or(() -> owner.project()
                        .flatMap(project -> role(owner).map(role -> new Standing(role, Optional.of(project)))));
    }

    private Optional<Role> roleInSystem(TokenOwner owner) {
        boolean named = owner.system()
                || owner.project().filter(config.projects()::contains).isPresent();
        return role(owner)
                .filter(role -> switch (role) {
                    case ADMIN, SERVICE -> named || config.projects().isEmpty();
                    // of an operators' project they always could look at everything, and no more
                    case MANAGER, MEMBER -> owner.system();
                    default -> named;
                })
                .or(() -> Optional.of(Role.READER).filter(role -> named && has(owner, config.readerRoles())));
    }

    private Optional<Role> role(TokenOwner owner) {
        if (has(owner, config.adminRoles())) {
            return Optional.of(Role.ADMIN);
        }
        if (has(owner, config.serviceRoles())) {
            return Optional.of(Role.SERVICE);
        }
        if (has(owner, config.managerRoles())) {
            return Optional.of(Role.MANAGER);
        }
        if (has(owner, config.memberRoles())) {
            return Optional.of(Role.MEMBER);
        }
        return has(owner, config.readerRoles()) ? Optional.of(Role.READER) : Optional.empty();
    }

    private static boolean has(TokenOwner owner, List<String> roles) {
        return !Collections.disjoint(owner.roles(), roles);
    }

    private static AccessDenied denied(TokenOwner owner) {
        Caller somebody = Caller.of(owner.userName(), Role.READER);
        return new AccessDenied(
                FaultCode.NOT_AUTHORIZED,
                "User " + somebody.name() + " has no role in this project that may use this API.",
                "An operator gives it one: openstack role add.");
    }
}

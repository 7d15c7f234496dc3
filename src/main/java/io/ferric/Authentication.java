package io.ferric;

import io.ferric.driver.RamdiskToken;
import io.ferric.ilo.TokenSource;
import io.ferric.publish.Keystone;
import io.ferric.publish.TokenFacts;
import io.ferric.rest.RestConfig;
import io.ferric.rest.auth.Authenticator;
import io.ferric.rest.auth.BasicAuthenticator;
import io.ferric.rest.auth.KeystoneAuthenticator;
import io.ferric.rest.auth.TokenOwner;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;

/**
 * Who may call the REST API, as the configuration says, and what the deploy ramdisk shows to be one of them.
 *
 * @param authenticator empty when nobody is asked who they are
 */
record Authentication(Optional<Authenticator> authenticator, TokenSource ramdisk) {
    static Authentication none() {
        return new Authentication(Optional.empty(), TokenSource.NONE);
    }

    static Authentication of(FerricConfig config, OpenStack openStack, Clock clock) {
        return switch (config.rest().authStrategy()) {
            case NOAUTH -> none();
            case HTTP_BASIC -> new Authentication(Optional.of(basic(config.rest(), clock)), ferric());
            case KEYSTONE -> keystone(config, openStack, clock);
        };
    }

    private static Authenticator basic(RestConfig rest, Clock clock) {
        return new BasicAuthenticator(
                rest.httpBasicUserFile()
                        .orElseThrow(() -> new ConfigException(
                                "rest.auth_strategy is http_basic, but rest.http_basic_user_file is not set; write it with:"
                                        + " htpasswd -nbB <user> <password>",
                                null)),
                rest.threads(),
                clock);
    }

    private static Authentication keystone(FerricConfig config, OpenStack openStack, Clock clock) {
        Keystone keystone =
                openStack.keystone("rest.auth_strategy is keystone", "let rest.auth_strategy be http_basic or noauth");
        URI authUrl = config.openstack().authUrl().orElseThrow();
        KeystoneAuthenticator authenticator = new KeystoneAuthenticator(
                config.rest().keystone(),
                authUrl,
                (token, allowExpired) -> (allowExpired ? keystone.validateEvenExpired(token) : keystone.validate(token))
                        .map(Authentication::owner),
                config.rest().threads(),
                clock);
        TokenSource ramdisk =
                switch (config.rest().keystone().ramdiskToken()) {
                    case FERRIC -> ferric();
                    case SERVICE ->
                        new ServiceToken(
                                keystone, authenticator, config.conductor().deployCallbackTimeout());
                    case CALLER -> new CallersToken(config.conductor().deployCallbackTimeout(), clock);
                };
        return new Authentication(Optional.of(authenticator), ramdisk);
    }

    private static TokenSource ferric() {
        SecureRandom random = new SecureRandom();
        return task -> Optional.of(RamdiskToken.issue(task, random));
    }

    private static TokenOwner owner(TokenFacts facts) {
        return new TokenOwner(
                facts.userId(), facts.userName(), facts.project(), facts.system(), facts.roles(), facts.expires());
    }
}

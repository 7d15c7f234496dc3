package io.ferric.rest.auth;

import java.io.IOException;
import java.util.Optional;

/** Keystone, as far as it is needed here. Safe for use by many threads. */
@FunctionalInterface
public interface TokenValidator {
    /**
     * Whose token this is; empty when it is unknown, expired or revoked.
     *
     * @param allowExpired whether it may have expired, as far back as Keystone allows
     * @throws IOException when Keystone cannot tell
     */
    Optional<TokenOwner> validate(String token, boolean allowExpired) throws IOException;
}

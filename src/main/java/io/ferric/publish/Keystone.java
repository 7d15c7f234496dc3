package io.ferric.publish;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * A session with OpenStack: logs in with credentials, renews the token in time and after a 401, and opens the services of
 * its project.
 *
 * <p>It belongs to no thread, and leaves openstack4j's own thread-bound session alone: one object serves all threads.
 */
public interface Keystone extends AutoCloseable {
    /**
     * Logs in when the first request needs it, so that OpenStack may be down at this moment.
     *
     * @throws PublishException with the code {@code InvalidParameterValue} when a setting can never do
     */
    static Keystone session(Credentials who, KeystoneOptions how, Clock clock) throws PublishException {
        return KeystoneSession.open(who, how, clock);
    }

    /**
     * A token that is good for another while, two minutes at least.
     *
     * @throws PublishException with the code {@code KeystoneFailure}
     */
    String token() throws PublishException;

    /**
     * A token for handing on to somebody who uses it later, good for so long at least. Where Keystone's tokens do not live
     * so long, it is as fresh as it can be.
     *
     * @throws PublishException with the code {@code KeystoneFailure}
     */
    String token(Duration atLeast) throws PublishException;

    /**
     * Asks Keystone whose token this is, with this session's own token.
     *
     * @return empty when the token is unknown, expired, revoked or nothing that can be a token
     * @throws PublishException with the code {@code KeystoneFailure} when Keystone cannot tell
     */
    Optional<TokenFacts> validate(String token) throws PublishException;

    /** As {@link #validate}, for a token that may have expired, as far back as Keystone allows ({@code allow_expired}). */
    Optional<TokenFacts> validateEvenExpired(String token) throws PublishException;

    /** Swift's account of this session's project. */
    ObjectStore objectStore();

    /** Glance as this session's user sees it. */
    ImageCatalog imageCatalog();

    /** Lets connections and threads go. The token stays good until it expires: others may hold it. */
    @Override
    void close();
}

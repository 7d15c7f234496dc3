package io.ferric.publish;

import java.time.Clock;
import java.util.Optional;

/**
 * A session with OpenStack: logs in with credentials, renews the token in time and after a 401, and opens the services of
 * its project.
 *
 * <p>It belongs to no thread, and leaves openstack4j's own thread-bound session alone: one object serves all threads.
 */
public interface Keystone {
    /** Logs in when the first request needs it, so that OpenStack may be down at this moment. */
    static Keystone session(Credentials who, KeystoneOptions how, Clock clock) throws PublishException {
        return KeystoneSession.open(who, how, clock);
    }

    /**
     * A token that is good for another while, for handing on to others.
     *
     * @throws PublishException with the code {@code KeystoneFailure}
     */
    String token() throws PublishException;

    /**
     * Asks Keystone whose token this is, with this session's own token.
     *
     * @return empty when the token is unknown, expired or revoked
     * @throws PublishException with the code {@code KeystoneFailure} when Keystone cannot tell
     */
    Optional<TokenFacts> validate(String token) throws PublishException;

    /** Swift's account of this session's project. */
    ObjectStore objectStore();

    /** Glance as this session's user sees it. */
    ImageCatalog imageCatalog();
}

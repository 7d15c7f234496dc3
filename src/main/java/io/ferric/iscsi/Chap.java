package io.ferric.iscsi;

import java.util.Optional;

/**
 * CHAP credentials for a login (RFC 7143 section 12.1.3, RFC 1994).
 *
 * <p>The target asks who we are; with {@link #mutual} we ask it back and refuse a target that does not know its own
 * secret. RFC 7143 wants secrets of at least 12 bytes on links that are not otherwise protected; shorter ones are
 * accepted, because targets in the field have them. Immutable; {@code toString} never shows a secret.
 *
 * @param user the name we log in with
 * @param secret the secret that belongs to it
 * @param target name and secret that the target has to prove, when it must
 */
public record Chap(String user, String secret, Optional<TargetSecret> target) {
    /** Checks that there is something to log in with, and that mutual CHAP uses two different secrets (RFC 7143). */
    public Chap {
        if (user.isBlank() || secret.isEmpty()) {
            throw new IllegalArgumentException("CHAP user and secret must not be empty");
        }
        if (target.isPresent() && target.get().secret().equals(secret)) {
            throw new IllegalArgumentException("mutual CHAP needs two different secrets, one for each direction");
        }
    }

    /** One-way CHAP: we prove who we are. */
    public static Chap of(String user, String secret) {
        return new Chap(user, secret, Optional.empty());
    }

    /** The same, and the target has to prove that it knows {@code targetSecret} under the name {@code targetUser}. */
    public Chap mutual(String targetUser, String targetSecret) {
        return new Chap(user, secret, Optional.of(new TargetSecret(targetUser, targetSecret)));
    }

    @Override
    public String toString() {
        return "Chap[user=" + user + ", secret=***, target=" + target + "]";
    }

    /**
     * What a target has to prove in mutual CHAP.
     *
     * @param user the name the target goes by
     * @param secret the secret that belongs to it
     */
    public record TargetSecret(String user, String secret) {
        @Override
        public String toString() {
            return "TargetSecret[user=" + user + ", secret=***]";
        }
    }
}

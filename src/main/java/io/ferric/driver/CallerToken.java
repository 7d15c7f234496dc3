package io.ferric.driver;

import io.ferric.node.Node;
import io.ferric.node.Secret;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The token of whoever asked for a deploy, kept with the node until the visit that hands it to the ramdisk is over: a
 * conductor that takes the visit up again needs it too.
 *
 * @param expires when it ends by itself
 */
public record CallerToken(Secret token, Instant expires) {
    /** Where it stands among what is remembered of a node; a name that is masked wherever a node is shown. */
    public static final String REMEMBERED = "caller_token";

    /** The token kept with a node; empty when its deploy was asked for without one. */
    public static Optional<CallerToken> of(Node node) {
        if (node.status().internalInfo().get(REMEMBERED) instanceof Map<?, ?> kept
                && kept.get("token") instanceof String token
                && kept.get("expires") instanceof String expires) {
            return Optional.of(new CallerToken(Secret.of(token), Instant.parse(expires)));
        }
        return Optional.empty();
    }

    /** As it is remembered. */
    public Map<String, Object> toRemember() {
        return Map.of("token", token.reveal(), "expires", expires.toString());
    }
}

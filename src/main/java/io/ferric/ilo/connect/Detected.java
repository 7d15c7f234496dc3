package io.ferric.ilo.connect;

import io.ferric.ilo.client.Identity;
import io.ferric.ilo.wire.IloProtocol;
import java.util.Set;

/**
 * What was found at an address.
 *
 * @param protocols that can be spoken to it, at least one; which of them is tried first depends on what is asked
 * @param sure whether it told so itself; otherwise it had trouble to answer and should be asked again soon
 */
public record Detected(Identity identity, Set<IloProtocol> protocols, boolean sure) {
    public Detected {
        protocols = Set.copyOf(protocols);
    }
}

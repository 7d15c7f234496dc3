package io.ferric.conductor;

import io.ferric.node.ProvisionState;
import java.time.Instant;
import java.util.UUID;

/**
 * Hears what happens to nodes. Called on a thread of its own, one call at a time; a listener that is slower than events
 * come loses the oldest progress first and never slows a deploy.
 */
public interface ConductorListener {
    /** A step began or ended; also kept in the history. */
    default void event(UUID node, String step, String message, Instant at) {}

    /** How far a step has come, in bytes; a few times a second at most. */
    default void progress(UUID node, String step, long done, long total) {}

    /** The provision state changed. */
    default void moved(UUID node, ProvisionState from, ProvisionState to, Instant at) {}
}

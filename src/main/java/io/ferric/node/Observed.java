package io.ferric.node;

import java.time.Instant;
import java.util.Optional;

/**
 * What was last seen of a server besides its power; empty before the first look, or where the hardware does not tell.
 *
 * @param bootMode what it boots with
 * @param secureBoot whether its boots are secured
 * @param inspectionStartedAt when the inspection that runs began; empty when none does
 * @param inspectionFinishedAt when the last inspection ended well; empty while one runs and when it failed
 */
public record Observed(
        Optional<BootMode> bootMode,
        Optional<Boolean> secureBoot,
        Optional<Instant> inspectionStartedAt,
        Optional<Instant> inspectionFinishedAt) {
    /** Nobody has looked yet. */
    public static final Observed NOTHING =
            new Observed(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public Observed withBoot(Optional<BootMode> mode, Optional<Boolean> secure) {
        return new Observed(mode, secure, inspectionStartedAt, inspectionFinishedAt);
    }

    /** An inspection begins. */
    public Observed inspecting(Instant now) {
        return new Observed(bootMode, secureBoot, Optional.of(now), Optional.empty());
    }

    /** The inspection has ended: when, or empty when it failed. */
    public Observed inspected(Optional<Instant> well) {
        return new Observed(bootMode, secureBoot, Optional.empty(), well);
    }
}

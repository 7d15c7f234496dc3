package io.ferric.node;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What nodes are in together, such as a blade enclosure.
 *
 * @param description up to 255 characters
 * @param extra free-form values
 */
public record Chassis(
        UUID uuid,
        Optional<String> description,
        Map<String, Object> extra,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt)
        implements Entry {

    /** Fails with {@link InvalidRequest} when the description is too long. */
    public Chassis {
        Texts.atMost(255, "description", description);
        extra = Texts.copy(extra);
    }
}

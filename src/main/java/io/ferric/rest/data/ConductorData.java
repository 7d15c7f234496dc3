package io.ferric.rest.data;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A conductor that shares the database.
 *
 * @param alive whether it told so in the last minute
 * @param conductorGroup always empty: every conductor works on every node
 * @param updatedAt when it last told that it lives
 */
public record ConductorData(
        String hostname,
        String conductorGroup,
        boolean alive,
        List<String> drivers,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        List<Link> links) {}

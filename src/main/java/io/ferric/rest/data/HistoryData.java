package io.ferric.rest.data;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One thing that happened to a node.
 *
 * @param severity {@code INFO}, {@code WARNING} or {@code ERROR}
 * @param eventType the step it happened in
 * @param event in plain words; a list without details has the first 255 characters of it
 * @param conductor which of several it happened at
 * @param user who asked for it, where that is known and not said in the event
 */
public record HistoryData(
        UUID uuid,
        Instant createdAt,
        String severity,
        String eventType,
        String event,
        Optional<String> conductor,
        Optional<String> user,
        List<Link> links) {}

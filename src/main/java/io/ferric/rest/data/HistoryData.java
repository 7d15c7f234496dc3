package io.ferric.rest.data;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * One thing that happened to a node.
 *
 * @param severity {@code INFO}, {@code WARNING} or {@code ERROR}
 * @param eventType the step it happened in
 * @param event in plain words
 */
public record HistoryData(
        UUID uuid,
        UUID nodeUuid,
        Instant createdAt,
        String severity,
        String eventType,
        String event,
        List<Link> links) {}

package io.ferric.rest.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A node asked for by what it is, as the API shows it.
 *
 * @param candidateNodes among which the node must be; empty when all are candidates
 * @param lastError why no node was given
 * @param nodeUuid the node that was given
 * @param state {@code allocating}, {@code active} or {@code error}
 * @param traits all of which the node must have
 */
public record AllocationData(
        UUID uuid,
        List<UUID> candidateNodes,
        Map<String, Object> extra,
        Optional<String> lastError,
        Optional<String> name,
        Optional<UUID> nodeUuid,
        @Since(60) Optional<String> owner,
        Optional<String> resourceClass,
        String state,
        List<String> traits,
        Optional<Instant> createdAt,
        Optional<Instant> updatedAt,
        List<Link> links) {}

package io.ferric.rest.data;

import java.time.Instant;
import java.util.Optional;

/** Where a node stands and where it goes: {@code GET /v1/nodes/<node>/states}. */
public record NodeStates(
        Optional<String> powerState,
        Optional<String> targetPowerState,
        String provisionState,
        Optional<String> targetProvisionState,
        Optional<Instant> provisionUpdatedAt,
        Optional<String> lastError,
        Optional<String> bootMode,
        Optional<Boolean> secureBoot) {}

package io.ferric.rest.data;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Where a node stands and where it goes: {@code GET /v1/nodes/<node>/states}. */
public record NodeStates(
        Optional<String> powerState,
        Optional<String> targetPowerState,
        Optional<String> provisionState,
        Optional<String> targetProvisionState,
        Optional<Instant> provisionUpdatedAt,
        Optional<String> lastError,
        boolean consoleEnabled,
        @Since(12) Map<String, Object> raidConfig,
        @Since(12) Map<String, Object> targetRaidConfig,
        @Since(75) Optional<String> bootMode,
        @Since(75) Optional<Boolean> secureBoot) {}

package io.ferric.node;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the conductor records about a node. Immutable.
 *
 * @param power what the power was last seen to be; empty before the first look
 * @param provisionUpdatedAt when the provision state last changed
 * @param lastError why the last work failed, in plain words
 * @param internalInfo what the driver remembers between its visits; forgotten at tear-down
 * @param observed what else was last seen of the hardware
 */
public record NodeStatus(
        Optional<PowerState> power,
        Optional<PowerAction> targetPower,
        ProvisionState provision,
        Optional<ProvisionState> targetProvision,
        Optional<Instant> provisionUpdatedAt,
        Optional<String> lastError,
        Map<String, Object> internalInfo,
        Observed observed) {

    public NodeStatus {
        internalInfo = Collections.unmodifiableMap(new LinkedHashMap<>(internalInfo));
    }

    /** A node nobody has looked at yet. */
    public static NodeStatus enrolled() {
        return new NodeStatus(
                Optional.empty(),
                Optional.empty(),
                ProvisionState.ENROLL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                Observed.NOTHING);
    }

    /** The same in another state, for a node that is only just made. */
    public NodeStatus in(ProvisionState state) {
        return new NodeStatus(
                power, targetPower, state, targetProvision, provisionUpdatedAt, lastError, internalInfo, observed);
    }

    /** After a move of the lifecycle; a move towards a new target clears the last error. */
    public NodeStatus after(Lifecycle.Move move, Instant now) {
        boolean newErrand = move.target().isPresent() && !move.target().equals(targetProvision);
        return new NodeStatus(
                power,
                targetPower,
                move.to(),
                move.target(),
                Optional.of(now),
                newErrand ? Optional.empty() : lastError,
                internalInfo,
                observed);
    }

    public NodeStatus withPower(Optional<PowerState> seen, Optional<PowerAction> target) {
        return new NodeStatus(
                seen, target, provision, targetProvision, provisionUpdatedAt, lastError, internalInfo, observed);
    }

    public NodeStatus withLastError(Optional<String> error) {
        return new NodeStatus(
                power, targetPower, provision, targetProvision, provisionUpdatedAt, error, internalInfo, observed);
    }

    public NodeStatus withInternalInfo(Map<String, Object> info) {
        return new NodeStatus(
                power, targetPower, provision, targetProvision, provisionUpdatedAt, lastError, info, observed);
    }

    public NodeStatus withObserved(Observed seen) {
        return new NodeStatus(
                power, targetPower, provision, targetProvision, provisionUpdatedAt, lastError, internalInfo, seen);
    }
}

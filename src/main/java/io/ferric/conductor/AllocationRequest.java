package io.ferric.conductor;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What node somebody wants.
 *
 * @param uuid empty to have one made, or that of the instance on the named node
 * @param candidates UUIDs or names of nodes; empty when all are candidates
 * @param node the UUID or name of an active node that is to be noted as allocated, instead of choosing one
 */
public record AllocationRequest(
        Optional<UUID> uuid,
        Optional<String> name,
        Optional<String> resourceClass,
        Set<String> traits,
        List<String> candidates,
        Optional<String> owner,
        Map<String, Object> extra,
        Optional<String> node) {
    /** A copy for this project. */
    public AllocationRequest ownedBy(Optional<String> project) {
        return new AllocationRequest(uuid, name, resourceClass, traits, candidates, project, extra, node);
    }
}

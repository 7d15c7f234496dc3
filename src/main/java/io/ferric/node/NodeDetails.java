package io.ferric.node;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What else an operator declares about a node. Immutable; the {@code with} methods give changed copies.
 *
 * @param interfaces which of its driver's implementations a node shall use, by kind: {@code boot} to {@code
 *     ilo-virtual-media}; a kind that is not named uses the driver's first
 * @param traits what it offers or is, in upper case, for those who choose among nodes
 * @param networkData how its network is to be set up without DHCP, in the form of OpenStack's {@code network_data.json}
 */
public record NodeDetails(
        Optional<String> description,
        Tenancy tenancy,
        Placement placement,
        Guard guard,
        Map<String, String> interfaces,
        Set<String> traits,
        Map<String, Object> networkData) {
    public static final NodeDetails NONE = new NodeDetails(
            Optional.empty(), Tenancy.NOBODY, Placement.ANYWHERE, Guard.NONE, Map.of(), Set.of(), Map.of());

    public NodeDetails {
        interfaces = Collections.unmodifiableMap(new LinkedHashMap<>(interfaces));
        traits = Collections.unmodifiableSet(new TreeSet<>(traits));
        networkData = Collections.unmodifiableMap(new LinkedHashMap<>(networkData));
    }

    public NodeDetails withTenancy(Tenancy changed) {
        return new NodeDetails(description, changed, placement, guard, interfaces, traits, networkData);
    }

    public NodeDetails withPlacement(Placement changed) {
        return new NodeDetails(description, tenancy, changed, guard, interfaces, traits, networkData);
    }

    public NodeDetails withGuard(Guard changed) {
        return new NodeDetails(description, tenancy, placement, changed, interfaces, traits, networkData);
    }

    public NodeDetails withInterfaces(Map<String, String> changed) {
        return new NodeDetails(description, tenancy, placement, guard, changed, traits, networkData);
    }

    public NodeDetails withTraits(Set<String> changed) {
        return new NodeDetails(description, tenancy, placement, guard, interfaces, changed, networkData);
    }
}

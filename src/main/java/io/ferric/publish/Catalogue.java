package io.ferric.publish;

import io.ferric.publish.KeystoneOptions.Facing;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.openstack4j.model.identity.v3.Endpoint;
import org.openstack4j.model.identity.v3.Service;
import org.openstack4j.openstack.identity.v3.domain.KeystoneToken;

/** The services of a token: where they are, and what there is when one is not. */
record Catalogue(List<Entry> entries) {
    /** Names of one service in catalogues of different age. Source: OpenStack's service types authority. */
    private static final Map<String, Set<String>> ALIASES =
            Map.of("object-store", Set.of("object-store", "object-storage"));

    /** One URL of one service. */
    record Entry(String type, Set<String> regions, String facing, String url) {}

    static Catalogue of(KeystoneToken token) {
        return new Catalogue(Stream.ofNullable(token.getCatalog())
                .flatMap(List::stream)
                .flatMap(Catalogue::entries)
                .toList());
    }

    private static Stream<Entry> entries(Service service) {
        return service.getEndpoints().stream()
                .filter(endpoint -> endpoint.getUrl() != null && endpoint.getIface() != null)
                .map(endpoint -> new Entry(
                        String.valueOf(service.getType()),
                        regions(endpoint),
                        endpoint.getIface().name().toLowerCase(Locale.ROOT),
                        endpoint.getUrl().toString()));
    }

    private static Set<String> regions(Endpoint endpoint) {
        Set<String> names = new TreeSet<>();
        Stream.of(Optional.ofNullable(endpoint.getRegionId()), Optional.ofNullable(endpoint.getRegion()))
                .flatMap(Optional::stream)
                .forEach(names::add);
        return names;
    }

    /**
     * The URL of a service, without a slash at the end.
     *
     * @throws PublishException naming the services, regions or interfaces that there are instead
     */
    URI endpoint(String service, Optional<String> region, Facing facing) throws PublishException {
        List<Entry> named = entries.stream()
                .filter(entry -> ALIASES.getOrDefault(service, Set.of(service)).contains(entry.type()))
                .toList();
        if (named.isEmpty()) {
            throw missing(
                    "no service of type " + service, "types", entries.stream().map(Entry::type));
        }
        List<Entry> near = named.stream()
                .filter(entry -> region.map(entry.regions()::contains).orElse(true))
                .toList();
        if (near.isEmpty()) {
            throw missing(
                    "no " + service + " service in region " + region.orElseThrow() + " (openstack.region)",
                    "regions",
                    named.stream().flatMap(entry -> entry.regions().stream()));
        }
        Entry found = near.stream()
                .filter(entry -> entry.facing().equals(facing.toString()))
                .findFirst()
                .orElseThrow(() -> missing(
                        "no " + facing + " URL of the " + service + " service"
                                + region.map(name -> " in region " + name).orElse("") + " (openstack.interface)",
                        "interfaces",
                        near.stream().map(Entry::facing)));
        return trimmed(found.url());
    }

    /** Without a slash at the end. */
    static URI trimmed(String url) throws PublishException {
        try {
            return URI.create(url.replaceAll("/+$", ""));
        } catch (IllegalArgumentException e) {
            throw new PublishException(
                    PublishException.KEYSTONE_FAILURE, "Keystone's catalogue has a URL that is none: " + url + ".", e);
        }
    }

    private static PublishException missing(String what, String kind, Stream<String> there) {
        String names = String.join(", ", new TreeSet<>(there.toList()));
        return new PublishException(
                PublishException.KEYSTONE_FAILURE,
                "Keystone's catalogue has " + what + "; " + kind + " there: "
                        + (names.isEmpty() ? "none (has the user a role in the project?)" : names) + ".");
    }
}

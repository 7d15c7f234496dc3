package io.ferric.deploy;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Judges whether a server could reach a URL of ours, by its host alone: names are not looked up. Loopback counts where
 * ramdisks on loopback are believed, which is in labs.
 */
final class Reachability {
    private final List<IpNetwork> networks;

    Reachability(RamdiskConfig config) {
        this.networks = config.callbackNetworks().stream().map(IpNetwork::parse).toList();
    }

    /** What speaks against it, to follow the name of a setting; empty when nothing does. */
    Optional<String> objection(URI url) {
        return address(url).flatMap(address -> {
            if (address.isAnyLocalAddress()) {
                return Optional.of("leads to " + url.getHost() + ", which is a wildcard and no address to call.");
            }
            boolean ours =
                    address.isLoopbackAddress() && networks.stream().noneMatch(network -> network.contains(address));
            return ours
                    ? Optional.of(
                            "leads to " + url.getHost() + ", which for every other machine is that machine itself.")
                    : Optional.empty();
        });
    }

    private static Optional<InetAddress> address(URI url) {
        String host = Optional.ofNullable(url.getHost()).orElse("").toLowerCase(Locale.ROOT);
        return IpNetwork.address(
                host.equals("localhost") || host.endsWith(".localhost")
                        ? "127.0.0.1"
                        : host.replaceAll("[\\[\\]]", ""));
    }
}

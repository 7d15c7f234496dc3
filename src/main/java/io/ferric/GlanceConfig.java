package io.ferric;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where Glance keeps its images in Swift: with the first three, deploy and boot ISOs are fetched from there by the BMC itself,
 * else Ferric makes a copy and publishes that.
 *
 * @param swiftEndpointUrl such as {@code https://swift.example.org}, without the API version
 * @param swiftAccount the account of Glance's service user, as {@code AUTH_0123}
 * @param swiftTempUrlKeyFile file with that account's TempURL key
 * @param swiftApiVersion the first part of the path
 * @param swiftContainer the container's name, or its beginning when Glance uses several
 * @param swiftStoreMultipleContainersSeed how many characters of an image's uuid follow the container's name; as Glance has it
 */
public record GlanceConfig(
        Optional<URI> swiftEndpointUrl,
        Optional<String> swiftAccount,
        Optional<Path> swiftTempUrlKeyFile,
        String swiftApiVersion,
        String swiftContainer,
        int swiftStoreMultipleContainersSeed) {
    static GlanceConfig defaults() {
        return new GlanceConfig(Optional.empty(), Optional.empty(), Optional.empty(), "v1", "glance", 0);
    }
}

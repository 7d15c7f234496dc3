package io.ferric;

import io.ferric.SwiftConfig.DigestChoice;
import io.ferric.publish.GlanceOptions;
import io.ferric.publish.TempUrl;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How Glance is asked, and where it keeps its images in Swift: with {@code swift_account} and {@code
 * swift_temp_url_key_file}, deploy and boot ISOs are fetched from there by the BMC itself, else Ferric makes a copy and
 * publishes that.
 *
 * @param swiftEndpointUrl such as {@code https://swift.example.org}, without the API version; empty for that of the
 *     catalogue
 * @param swiftAccount the account of Glance's service user, as {@code AUTH_0123}
 * @param swiftTempUrlKeyFile file with that account's TempURL key
 * @param swiftTempUrlDigest {@code auto} asks that Swift what it takes; else {@code sha1}, {@code sha256} or {@code sha512}
 * @param swiftApiVersion the first part of the path
 * @param swiftContainer the container's name, or its beginning when Glance uses several
 * @param swiftStoreMultipleContainersSeed how many characters of an image's uuid follow the container's name; as Glance has it
 * @param numRetries how often a question to Glance is asked again when it does not answer, or with 5xx
 */
public record GlanceConfig(
        Optional<URI> swiftEndpointUrl,
        Optional<String> swiftAccount,
        Optional<Path> swiftTempUrlKeyFile,
        String swiftTempUrlDigest,
        String swiftApiVersion,
        String swiftContainer,
        int swiftStoreMultipleContainersSeed,
        int numRetries) {
    private static final String SECTION = "openstack.glance.";

    static GlanceConfig defaults() {
        return new GlanceConfig(Optional.empty(), Optional.empty(), Optional.empty(), "auto", "v1", "glance", 0, 2);
    }

    /**
     * What the publish room needs.
     *
     * @param project where Ferric's own user works, if its name is known
     * @throws ConfigException naming the key that is wrong, or the one that is missing beside the others
     * @throws IOException when the file with the key cannot be read
     */
    GlanceOptions options(Optional<String> project) throws IOException {
        requireAllOrNone();
        Optional<String> key = swiftTempUrlKeyFile.isEmpty()
                ? Optional.empty()
                : Optional.of(SecretFile.read(SECTION + "swift_temp_url_key_file", swiftTempUrlKeyFile.get()));
        try {
            return new GlanceOptions(
                    swiftEndpointUrl,
                    swiftAccount,
                    key,
                    swiftApiVersion,
                    swiftContainer,
                    swiftStoreMultipleContainersSeed,
                    digest(),
                    numRetries,
                    project);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(SECTION + e.getMessage(), e);
        }
    }

    private void requireAllOrNone() {
        boolean any = swiftEndpointUrl.isPresent() || swiftAccount.isPresent() || swiftTempUrlKeyFile.isPresent();
        if (any && swiftAccount.isEmpty()) {
            throw missing("swift_account", "the account of Glance's own user, as AUTH_0123");
        }
        if (any && swiftTempUrlKeyFile.isEmpty()) {
            throw missing("swift_temp_url_key_file", "a file with the TempURL key of that account");
        }
        if (swiftEndpointUrl.filter(url -> url.getHost() == null).isPresent()) {
            throw new ConfigException(
                    SECTION + "swift_endpoint_url is no URL with a host: write https://swift.example.org", null);
        }
    }

    private static ConfigException missing(String key, String what) {
        return new ConfigException(
                SECTION + key + " is missing beside the others that sign URLs to images: set it to " + what
                        + ", or take the others away",
                null);
    }

    private Optional<TempUrl.Digest> digest() {
        return Stream.of(DigestChoice.values())
                .filter(choice -> choice.name().equalsIgnoreCase(swiftTempUrlDigest))
                .findFirst()
                .orElseThrow(() -> new ConfigException(
                        SECTION + "swift_temp_url_digest is " + swiftTempUrlDigest + "; it can be "
                                + Stream.of(DigestChoice.values())
                                        .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                                        .collect(Collectors.joining(", ")),
                        null))
                .digest();
    }
}

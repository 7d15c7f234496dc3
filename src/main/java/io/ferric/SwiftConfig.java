package io.ferric;

import io.ferric.publish.SwiftOptions;
import io.ferric.publish.SwiftOptions.KeyCreation;
import io.ferric.publish.SwiftPublisher;
import io.ferric.publish.TempUrl;
import io.ferric.publish.TempUrl.Digest;
import io.ferric.publish.UploadOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Swift as publisher.
 *
 * @param container for floppies and boot ISOs; best a private one of its own, since floppies hold keys and tokens
 * @param createContainer whether to make it when it is not there, private
 * @param segmentSizeMib files larger than this go up in pieces of this size; never more than Swift's max_file_size
 * @param maxRetries how often a request is tried again after a lost connection, a 408, 429, 498 or 5xx
 * @param tempUrlKeyFile file with a TempURL key of account or container; empty to ask Swift for it
 * @param tempUrlDigest what to sign with; auto chooses by what the server says it allows
 * @param createTempUrlKey where to make a key when neither account nor container has one. A key of the account opens all
 *     its containers to whoever has it; one of the container only that
 * @param tempUrlIpRange the address or network of the BMCs, as `10.1.0.0/24`: URLs are good from there only. Swift must see
 *     their addresses, not that of a proxy before it; Ceph RGW does not know it
 * @param tempUrlPrefix sign all names that begin with the object's, for BMCs that append to the URL
 */
public record SwiftConfig(
        String container,
        boolean createContainer,
        int segmentSizeMib,
        int maxRetries,
        Optional<Path> tempUrlKeyFile,
        DigestChoice tempUrlDigest,
        KeyCreation createTempUrlKey,
        Optional<String> tempUrlIpRange,
        boolean tempUrlPrefix) {
    private static final Pattern CONTAINER = Pattern.compile("[^/?#\\p{Cntrl}]{1,256}");

    /** What TempURLs are signed with. */
    public enum DigestChoice {
        AUTO,
        SHA1,
        SHA256,
        SHA512;

        Optional<Digest> digest() {
            return this == AUTO ? Optional.empty() : Optional.of(Digest.valueOf(name()));
        }
    }

    static SwiftConfig defaults() {
        SwiftOptions usual = SwiftOptions.defaults();
        return new SwiftConfig(
                SwiftPublisher.DEFAULT_CONTAINER,
                true,
                Math.toIntExact(usual.segmentSize() >> 20),
                usual.maxRetries(),
                Optional.empty(),
                DigestChoice.AUTO,
                usual.keyCreation(),
                Optional.empty(),
                false);
    }

    UploadOptions upload() {
        if (!CONTAINER.matcher(container).matches()) {
            throw new ConfigException(
                    "publisher.swift.container '" + container.replaceAll("[^ -~]", "?")
                            + "' cannot be used: a container's name has 1 to 256 characters and no slash",
                    null);
        }
        return UploadOptions.defaults().withCreateContainer(createContainer);
    }

    SwiftOptions options() throws IOException {
        require(segmentSizeMib > 0, "segment_size_mib must be 1 or more, and is " + segmentSizeMib);
        require(maxRetries >= 0, "max_retries must be 0 or more, and is " + maxRetries);
        SwiftOptions options = SwiftOptions.defaults()
                .withKeyCreation(createTempUrlKey)
                .withSegmentSize((long) segmentSizeMib << 20)
                .withMaxRetries(maxRetries)
                .withTempUrlScope(scope());
        if (tempUrlKeyFile.isPresent()) {
            options =
                    options.withTempUrlKey(SecretFile.read("publisher.swift.temp_url_key_file", tempUrlKeyFile.get()));
        }
        Optional<Digest> digest = tempUrlDigest.digest();
        return digest.isPresent() ? options.withTempUrlDigest(digest.get()) : options;
    }

    private TempUrl.Scope scope() {
        try {
            TempUrl.Scope scope = TempUrl.Scope.object().withPrefix(tempUrlPrefix);
            return tempUrlIpRange.isPresent() ? scope.withIpRange(tempUrlIpRange.get()) : scope;
        } catch (IllegalArgumentException e) {
            throw new ConfigException("publisher.swift.temp_url_ip_range: " + e.getMessage(), e);
        }
    }

    private static void require(boolean met, String otherwise) {
        if (!met) {
            throw new ConfigException("publisher.swift." + otherwise, null);
        }
    }
}

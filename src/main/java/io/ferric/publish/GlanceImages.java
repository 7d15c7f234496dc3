package io.ferric.publish;

import io.ferric.publish.TempUrl.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads images of OpenStack Glance, and signs URLs to those that Glance keeps in Swift.
 *
 * <p>An image is named by its uuid; {@code glance://<uuid>} and {@code glance:<uuid>} are taken as well. Faults are {@link
 * PublishException} with the codes {@code ImageNotFound}, {@code GlanceConnectionFailed}, {@code InvalidParameterValue} and
 * {@code MissingParameterValue}. Safe for use by many threads.
 */
public final class GlanceImages {
    private final ImageCatalog catalog;
    private final GlanceOptions options;
    private final Clock clock;
    private final UrlLength length = new UrlLength();

    /** Reads through a catalog; see {@link Keystone#imageCatalog}. */
    public GlanceImages(ImageCatalog catalog, GlanceOptions options, Clock clock) {
        this.catalog = catalog;
        this.options = options;
        this.clock = clock;
    }

    /** Tells whether a reference is one of Glance: a bare uuid, {@code glance://<uuid>} or {@code glance:<uuid>}. */
    public static boolean accepts(String reference) {
        return uuid(reference).isPresent();
    }

    /** What Glance says of an image. */
    public GlanceImage show(String reference) throws PublishException {
        String uuid = checked(reference);
        return GlanceImage.of(uuid, call(() -> catalog.image(uuid)).orElseThrow(() -> absent(uuid)));
    }

    /** Opens the content of an image as a stream that the caller closes. The length is that of {@link #show}. */
    public InputStream download(String reference) throws PublishException {
        String uuid = checked(reference);
        return call(() -> catalog.content(uuid)).orElseThrow(() -> absent(uuid));
    }

    /**
     * Signs a URL to the Swift object behind an image. Glance is not asked, so that a wrong uuid shows only when the URL is
     * fetched.
     */
    public SignedUrl tempUrl(String reference, Duration ttl) throws PublishException {
        String uuid = checked(reference);
        requireSwift();
        URI account =
                URI.create(options.swiftEndpointUrl().orElseThrow().toString().replaceAll("/+$", "") + "/"
                        + options.swiftApiVersion() + "/"
                        + options.swiftAccount().orElseThrow());
        SigningKey key = new SigningKey(options.swiftTempUrlKey().orElseThrow(), options.digest());
        return length.checked(TempUrl.sign(
                account, container(uuid), uuid, key, clock.instant().plus(ttl)));
    }

    /** As many hexadecimal digits of the uuid as Glance was told to use, its dashes kept. */
    private String container(String uuid) {
        int seed = options.containersSeed();
        if (seed == 0) {
            return options.swiftContainer();
        }
        long dashes = uuid.substring(0, seed).chars().filter(c -> c == '-').count();
        return options.swiftContainer() + "_" + uuid.substring(0, seed + (int) dashes);
    }

    private void requireSwift() throws PublishException {
        List<String> missing = new ArrayList<>();
        if (options.swiftEndpointUrl().isEmpty()) {
            missing.add("swift_endpoint_url");
        }
        if (options.swiftAccount().isEmpty()) {
            missing.add("swift_account");
        }
        if (options.swiftTempUrlKey().isEmpty()) {
            missing.add("swift_temp_url_key");
        }
        if (!missing.isEmpty()) {
            throw new PublishException(
                    PublishException.MISSING_PARAMETER_VALUE,
                    "A URL to an image of Glance cannot be signed; missing in the glance section: "
                            + String.join(", ", missing) + ".");
        }
    }

    private static String checked(String reference) throws PublishException {
        return uuid(reference)
                .orElseThrow(() -> new PublishException(
                        PublishException.INVALID_PARAMETER_VALUE,
                        "\"" + shown(reference) + "\" is not the uuid of an image of Glance."));
    }

    /** Without user info and query, in case it is the URL of something else. */
    private static String shown(String reference) {
        return reference
                .replaceAll("//[^/]*@", "//***@")
                .replaceAll("\\?.*", "?***")
                .replaceAll("[^ -~]", "?");
    }

    private static Optional<String> uuid(String reference) {
        String bare = reference.replaceFirst("^glance:(//)?", "");
        boolean whole = bare.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        return whole ? Optional.of(UUID.fromString(bare).toString()) : Optional.empty();
    }

    private static PublishException absent(String uuid) {
        return new PublishException(
                PublishException.IMAGE_NOT_FOUND,
                "Glance has no image " + uuid + " that this user may read, or it has no content yet.");
    }

    private static <T> T call(Request<T> request) throws PublishException {
        try {
            return request.send();
        } catch (PublishException e) {
            throw e;
        } catch (IOException e) {
            String message = "Glance did not answer as expected: " + Faults.reason(e);
            throw new PublishException(PublishException.GLANCE_CONNECTION_FAILED, message, e);
        }
    }

    @FunctionalInterface
    private interface Request<T> {
        T send() throws IOException;
    }
}

package io.ferric.publish;

import io.ferric.publish.ImageCatalog.Content;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Reads images of OpenStack Glance, and signs URLs to those that Glance keeps in Swift.
 *
 * <p>An image is named by its uuid; {@code glance://<uuid>} and {@code glance:<uuid>} are taken as well. Faults are {@link
 * PublishException} with the codes {@code ImageNotFound}, {@code ImageNotAuthorized}, {@code ImageUnacceptable}, {@code
 * GlanceConnectionFailed}, {@code SwiftOperationError}, {@code InvalidParameterValue} and {@code MissingParameterValue}. Safe
 * for use by many threads.
 */
public final class GlanceImages {
    private final ImageCatalog catalog;
    private final GlanceCalls calls;
    private final GlanceFaults faults;
    private final GlanceObjects objects;

    /** Reads through a catalog; see {@link Keystone#imageCatalog}. */
    public GlanceImages(ImageCatalog catalog, GlanceOptions options, Clock clock) {
        this(catalog, options, clock, Pause.SLEEP);
    }

    GlanceImages(ImageCatalog catalog, GlanceOptions options, Clock clock, Pause pause) {
        this.catalog = catalog;
        this.calls = new GlanceCalls(options.retries(), pause);
        this.faults = new GlanceFaults(options.project());
        this.objects = new GlanceObjects(catalog, options, clock, calls);
    }

    /** Tells whether a reference is one of Glance: a bare uuid, {@code glance://<uuid>} or {@code glance:<uuid>}. */
    public static boolean accepts(String reference) {
        return uuid(reference).isPresent();
    }

    /** What Glance says of an image, whatever its status. */
    public GlanceImage show(String reference) throws PublishException {
        String uuid = checked(reference);
        try {
            return GlanceImage.of(uuid, calls.send(() -> catalog.image(uuid)));
        } catch (IOException e) {
            throw faults.of("Reading", uuid, e);
        }
    }

    /** As {@link #show}; an image whose content cannot be had now, as its status tells, is a fault. */
    public GlanceImage usable(String reference) throws PublishException {
        GlanceImage image = show(reference);
        if (!image.active()) {
            throw GlanceFaults.notActive(image.uuid(), image.status());
        }
        return image;
    }

    /** Opens the content of an image as a stream that the caller closes. */
    public InputStream download(String reference) throws PublishException {
        return download(reference, 0);
    }

    /**
     * Opens the content of an image from an offset on, by Range where Glance's store can do that, as a stream that the caller
     * closes. The stream ends where the image does, and fails where it would end before.
     */
    public InputStream download(String reference, long offset) throws PublishException {
        String uuid = checked(reference);
        try {
            return opened(uuid, calls.send(() -> catalog.content(uuid, offset)), offset);
        } catch (UnexpectedStatus e) {
            throw refused(uuid, e);
        } catch (IOException e) {
            throw faults.of("Fetching", uuid, e);
        }
    }

    private InputStream opened(String uuid, Content content, long offset) throws IOException {
        InputStream in = content.stream();
        try {
            OptionalLong size = toCome(uuid, content);
            in = size.isPresent() ? new WholeBody(in, size.getAsLong()) : in;
            in.skipNBytes(offset - content.start());
            return in;
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** How much has to come: as announced, else what is left of the image's size. */
    private OptionalLong toCome(String uuid, Content content) throws PublishException {
        if (content.length().isPresent()) {
            return content.length();
        }
        OptionalLong size = show(uuid).size();
        return size.isPresent() ? OptionalLong.of(size.getAsLong() - content.start()) : size;
    }

    /** Of a refused download the image's status says more than the refusal. */
    private PublishException refused(String uuid, UnexpectedStatus refusal) {
        try {
            usable(uuid);
        } catch (PublishException e) {
            return e;
        }
        return faults.of("Fetching", uuid, refusal);
    }

    /**
     * Signs a URL to the Swift object behind an image. Glance is not asked, so that a wrong uuid shows only when the URL is
     * fetched; see {@link #checkTempUrl}.
     */
    public SignedUrl tempUrl(String reference, Duration ttl) throws PublishException {
        return objects.tempUrl(checked(reference), ttl);
    }

    /**
     * Makes sure that a {@link #tempUrl} of an image would be answered, by one request to Swift.
     *
     * @throws PublishException with {@code SwiftOperationError} and which setting to look at
     */
    public void checkTempUrl(String reference) throws PublishException {
        objects.look(checked(reference));
    }

    private static String checked(String reference) throws PublishException {
        return uuid(reference)
                .orElseThrow(() -> new PublishException(
                        PublishException.INVALID_PARAMETER_VALUE,
                        "\"" + shown(reference) + "\" is not the uuid of an image of Glance."));
    }

    /** Without user info and query, in case it is the URL of something else. */
    private static String shown(String reference) {
        return Faults.withoutSecrets(reference).replaceAll("[^ -~]", "?");
    }

    private static Optional<String> uuid(String reference) {
        String bare = reference.replaceFirst("^glance:(//)?", "");
        boolean whole = bare.matches("(?i)[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        return whole ? Optional.of(UUID.fromString(bare).toString()) : Optional.empty();
    }
}

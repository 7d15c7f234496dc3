package io.ferric.ilo;

import io.ferric.deploy.AllowedPaths;
import io.ferric.deploy.ImageRequest;
import io.ferric.deploy.ImageSources;
import io.ferric.ilo.client.ShownUrl;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.publish.GlanceImages;
import io.ferric.publish.PublishException;
import io.ferric.publish.Publisher;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * From a reference of an ISO to a URL an iLO can fetch. References are: {@code http(s)://}, used as it is; a Glance image
 * as bare UUID, {@code glance://UUID} or {@code glance:UUID}, which gets a Swift TempURL, or is fetched and published
 * where Glance keeps no images in Swift; {@code file://} below an allowed folder, published under the node's name; and
 * the name of a shared boot ISO of ours. Every call makes a fresh URL, good for {@link
 * IloConfig#deployHelperImagesTtl()}. Safe for use by many threads.
 */
final class IsoUrls {
    private static final Pattern SHARED = Pattern.compile("boot-[0-9a-f]{32}\\.iso");
    private static final Pattern WEB = Pattern.compile("(?i)https?://.+");
    private static final Pattern FILE = Pattern.compile("(?i)file:.*");

    private final IloConfig config;
    private final Publisher publisher;
    private final AllowedPaths files;
    private final ImageSources sources;
    private final Optional<GlanceImages> glance;

    IsoUrls(
            IloConfig config,
            Publisher publisher,
            AllowedPaths files,
            ImageSources sources,
            Optional<GlanceImages> glance) {
        this.config = config;
        this.publisher = publisher;
        this.files = files;
        this.sources = sources;
        this.glance = glance;
    }

    /** The name under which a node's own ISO is published, if its reference needs publishing. */
    static String ownName(Node node) {
        return "iso-" + node.uuid() + ".iso";
    }

    static boolean isShared(String reference) {
        return SHARED.matcher(reference).matches();
    }

    /** Where the iLO finds what we publish, as far as we know. */
    Optional<URI> servedAt() {
        return publisher.servedAt();
    }

    /** The reference without what could be a secret. */
    static String shown(String reference) {
        return WEB.matcher(reference).matches() ? ShownUrl.of(reference) : reference;
    }

    /** The name that the fetch log has for this reference; empty when somebody else serves it. */
    Optional<String> publishedName(Node node, String reference) {
        if (isShared(reference)) {
            return Optional.of(reference);
        }
        return WEB.matcher(reference).matches() ? Optional.empty() : Optional.of(ownName(node));
    }

    /**
     * Checks a reference without fetching anything.
     *
     * @throws InvalidRequest with {@code ImageRefValidationFailed} and the reason
     */
    void check(String reference) {
        if (WEB.matcher(reference).matches()) {
            webAddress(reference);
        } else if (FILE.matcher(reference).matches()) {
            files.resolve(reference);
        } else if (!isShared(reference) && !(glance.isPresent() && GlanceImages.accepts(reference))) {
            sources.of(reference);
        }
    }

    URI urlOf(Node node, String reference) {
        try {
            if (isShared(reference)) {
                return publisher.sign(reference, config.deployHelperImagesTtl()).uri();
            } else if (WEB.matcher(reference).matches()) {
                return webAddress(reference);
            } else if (FILE.matcher(reference).matches()) {
                return publish(node, files.resolve(reference));
            }
            return ofGlance(node, reference);
        } catch (PublishException e) {
            throw Trouble.publishing("The ISO " + shown(reference), e);
        }
    }

    /** Removes what was published under the node's own name. */
    void remove(Node node) throws PublishException {
        publisher.remove(ownName(node));
    }

    private static URI webAddress(String reference) {
        try {
            URI uri = URI.create(reference);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw wrong(reference, e);
        }
        throw wrong(reference, null);
    }

    private static InvalidRequest wrong(String reference, Exception cause) {
        return new InvalidRequest(
                FaultCode.IMAGE_REF_VALIDATION_FAILED,
                "'" + shown(reference) + "' is no URL an iLO can fetch",
                "Write http://host:port/path, without blanks.",
                cause);
    }

    private URI ofGlance(Node node, String reference) throws PublishException {
        if (glance.isPresent() && GlanceImages.accepts(reference)) {
            try {
                return glance.get()
                        .tempUrl(reference, config.deployHelperImagesTtl())
                        .uri();
            } catch (PublishException e) {
                if (!e.code().equals(PublishException.MISSING_PARAMETER_VALUE)) {
                    throw e;
                }
            }
        }
        return fetched(node, reference);
    }

    private URI fetched(Node node, String reference) throws PublishException {
        sources.of(reference);
        try (Scratch scratch = Scratch.in(config.workDirectory())) {
            Path file = scratch.file("fetched.iso");
            sources.download(ImageRequest.of(reference), file);
            return publish(node, file);
        } catch (PublishException e) {
            throw e;
        } catch (IOException e) {
            throw Trouble.fetching("The ISO " + shown(reference), e);
        }
    }

    private URI publish(Node node, Path file) throws PublishException {
        return publisher
                .publish(ownName(node), file, config.deployHelperImagesTtl())
                .uri();
    }
}

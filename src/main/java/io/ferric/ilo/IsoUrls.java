package io.ferric.ilo;

import io.ferric.deploy.AllowedPaths;
import io.ferric.deploy.ImageSource;
import io.ferric.deploy.ImageSources;
import io.ferric.ilo.wire.ShownUrl;
import io.ferric.node.BootMode;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.Node;
import io.ferric.node.NodeFault;
import io.ferric.node.OperationFailed;
import io.ferric.publish.GlanceImages;
import io.ferric.publish.NoSuchObject;
import io.ferric.publish.PublishException;
import io.ferric.publish.Publisher;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * From a reference of an ISO to a URL an iLO can fetch. References are: {@code http(s)://}, used as it is; a Glance image
 * as bare UUID, {@code glance://UUID} or {@code glance:UUID}, which gets a Swift TempURL, or is fetched (once for many nodes)
 * and published where Glance keeps no images in Swift; {@code file://} below an allowed folder, of which a copy is published under the
 * node's name, so that nobody changes what an iLO is reading; and the name of a shared boot ISO of ours. What we publish
 * must be an ISO by its content. Every call makes a fresh URL, good for {@link
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
    private final IsoCopies copies;

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
        this.copies = new IsoCopies(config.workDirectory(), sources);
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
     * Checks a reference that somebody gave without fetching anything, and the content of a local file; Glance is asked what it has.
     *
     * @param mode what the server must be able to boot in, if that is known
     * @throws InvalidRequest with {@code ImageRefValidationFailed}, {@code ImageUnacceptable} or what Glance says
     */
    void check(String reference, Optional<BootMode> mode) {
        if (WEB.matcher(reference).matches()) {
            webAddress(reference);
        } else if (FILE.matcher(reference).matches()) {
            judgeFile(reference, mode);
        } else if (glance.isPresent() && GlanceImages.accepts(reference)) {
            checkImage(glance.get(), reference);
        } else if (isShared(reference)) {
            throw new InvalidRequest(
                    FaultCode.IMAGE_REF_VALIDATION_FAILED,
                    reference + " is a boot ISO that Ferric made for other nodes, and goes when they leave it",
                    "Remove it: a node of the same image, kernel and ramdisk is given the same ISO, and counted.");
        } else {
            sources.of(reference);
        }
    }

    private static void checkImage(GlanceImages glance, String reference) {
        try {
            glance.usable(reference);
        } catch (PublishException e) {
            throw new InvalidRequest(e.code(), e.getMessage(), "", e);
        }
    }

    /**
     * As {@link #check}, and looks into what is ours to fetch as well, so that a wrong one is found before power is
     * touched.
     *
     * @param field where the reference stands, for the message
     */
    void judge(String field, String reference, Optional<BootMode> mode) {
        try {
            check(reference, mode);
            if (named(reference)) {
                judgeHead(reference, mode);
                judgeSwift(reference);
            }
        } catch (InvalidRequest e) {
            throw new InvalidRequest(e.code(), inField(field, e), e.hint().orElse(""), e);
        } catch (OperationFailed e) {
            throw new OperationFailed(e.code(), inField(field, e), e.hint().orElse(""), e);
        }
    }

    private static String inField(String field, NodeFault fault) {
        return "'" + field + "' cannot be used: " + fault.getMessage();
    }

    private void judgeFile(String reference, Optional<BootMode> mode) {
        Path file = files.resolve(reference);
        try {
            IsoJudge.whole(reference, file, mode);
        } catch (IOException e) {
            throw new InvalidRequest(
                    FaultCode.IMAGE_REF_VALIDATION_FAILED,
                    "The ISO " + reference + " cannot be read: " + e.getMessage(),
                    "Look at its rights.",
                    e);
        }
    }

    /** Whether it is no place, but a name that a source of images knows, as Glance does. */
    private static boolean named(String reference) {
        return !WEB.matcher(reference).matches() && !FILE.matcher(reference).matches();
    }

    private void judgeHead(String reference, Optional<BootMode> mode) {
        ImageSource source = sources.of(reference);
        try (Scratch scratch = Scratch.in(config.workDirectory())) {
            source.metadata(reference);
            try (InputStream start = source.open(reference, 0)) {
                IsoJudge.head(reference, start, scratch.file("head.iso"), mode);
            }
        } catch (IOException e) {
            throw Trouble.fetching("The ISO " + shown(reference), e);
        }
    }

    /** The iLO fetches lazily, and tells nobody why it cannot: whatever is wrong with the URL must be found here. */
    private void judgeSwift(String reference) {
        try {
            if (tempUrl(reference).isPresent()) {
                glance.orElseThrow().checkTempUrl(reference);
            }
        } catch (PublishException e) {
            throw Trouble.publishing("The ISO " + shown(reference), e);
        }
    }

    URI urlOf(Node node, String reference) {
        try {
            if (isShared(reference)) {
                return signed(reference);
            } else if (WEB.matcher(reference).matches()) {
                return webAddress(reference);
            } else if (FILE.matcher(reference).matches()) {
                return copied(node, reference);
            }
            Optional<URI> temporary = tempUrl(reference);
            if (temporary.isEmpty()) {
                return fetched(node, reference);
            }
            // since it was judged, it may have gone from Swift or the key may have changed
            glance.orElseThrow().checkTempUrl(reference);
            return tempUrl(reference).orElseThrow();
        } catch (PublishException e) {
            throw Trouble.publishing("The ISO " + shown(reference), e);
        }
    }

    private URI signed(String name) throws PublishException {
        try {
            return publisher.sign(name, config.deployHelperImagesTtl()).uri();
        } catch (NoSuchObject e) {
            throw new OperationFailed(
                    e.code(),
                    "The boot ISO " + name + " is not in the store any more: somebody has deleted it",
                    "A deploy of another node from the same image makes it again, and so does a rebuild of this one; or"
                            + " give another in instance_info/ilo_boot_iso.",
                    e);
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

    /** Empty when it is no Glance image, or Glance does not keep it in Swift. */
    private Optional<URI> tempUrl(String reference) throws PublishException {
        if (glance.isPresent() && GlanceImages.accepts(reference)) {
            try {
                return Optional.of(glance.get()
                        .tempUrl(reference, config.deployHelperImagesTtl())
                        .uri());
            } catch (PublishException e) {
                if (!e.code().equals(PublishException.MISSING_PARAMETER_VALUE)) {
                    throw e;
                }
            }
        }
        return Optional.empty();
    }

    private URI copied(Node node, String reference) throws PublishException {
        Path original = files.resolve(reference);
        return published(node, reference, file -> Files.copy(original, file, LinkOption.NOFOLLOW_LINKS));
    }

    private URI fetched(Node node, String reference) throws PublishException {
        return published(node, reference, file -> copies.provide(reference, file));
    }

    /** Puts a file where it is asked to. */
    private interface Supply {
        void to(Path file) throws IOException;
    }

    private URI published(Node node, String reference, Supply supply) throws PublishException {
        try (Scratch scratch = Scratch.in(config.workDirectory())) {
            Path file = scratch.file("fetched.iso");
            supply.to(file);
            IsoJudge.whole(reference, file, Optional.empty());
            return publisher
                    .publish(ownName(node), file, config.deployHelperImagesTtl())
                    .uri();
        } catch (PublishException e) {
            throw e;
        } catch (IOException e) {
            throw Trouble.fetching("The ISO " + shown(reference), e);
        }
    }
}

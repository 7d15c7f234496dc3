package io.ferric.deploy;

import io.ferric.image.Checksum;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All places images can come from; each reference belongs to the first source that accepts it. Immutable. */
public final class ImageSources {
    private static final Logger LOG = LoggerFactory.getLogger(ImageSources.class);
    /** Kernels and ramdisks are never this large. */
    private static final long LARGEST_FILE = 8L << 30;

    private final List<ImageSource> sources;
    private final boolean weakChecksums;

    /** These sources, of which no weak checksum is accepted. */
    public ImageSources(List<ImageSource> sources) {
        this(sources, false);
    }

    ImageSources(List<ImageSource> sources, boolean weakChecksums) {
        this.sources = List.copyOf(sources);
        this.weakChecksums = weakChecksums;
    }

    /** {@code file://} below the allowed folders, and {@code http(s)://}. */
    public static ImageSources standard(DeployConfig config) {
        return new ImageSources(
                List.of(
                        new FileImageSource(new AllowedPaths(config.fileUrlAllowedPaths())),
                        new HttpImageSource(config.http())),
                config.weakChecksums());
    }

    /** These and one more, asked last. */
    public ImageSources with(ImageSource more) {
        List<ImageSource> all = new ArrayList<>(sources);
        all.add(more);
        return new ImageSources(all, weakChecksums);
    }

    /**
     * The source of a reference, whose form has been checked.
     *
     * @throws InvalidRequest with {@code ImageRefValidationFailed} when no source takes it
     */
    public ImageSource of(String reference) {
        for (ImageSource source : sources) {
            if (source.accepts(reference)) {
                source.check(reference);
                return source;
            }
        }
        throw new InvalidRequest(
                FaultCode.IMAGE_REF_VALIDATION_FAILED,
                "Image reference " + Faults.shown(reference) + " is of no kind known here",
                "Use file://, http://, https://, or a Glance image UUID when Glance is configured.");
    }

    /**
     * The checksum an image is held against: the node's own, else the one its source vouches for.
     *
     * @throws io.ferric.node.OperationFailed with {@code ImageUnacceptable} when it is weak and that is not allowed
     */
    Optional<Checksum> checksum(ImageRequest request, ImageMetadata said) {
        Optional<Checksum> checksum = request.checksum().or(said::checksum);
        if (checksum.filter(Checksum::weak).isPresent() && !weakChecksums) {
            throw Faults.unacceptable(
                    request.reference(),
                    "its only checksum is " + checksum.get().algorithm() + ", which no longer protects it",
                    "Give its sha256 or sha512 in instance_info (image_checksum, kernel_checksum, ramdisk_checksum),"
                            + " or set deploy.weak_checksums.");
        }
        return checksum;
    }

    /**
     * Fetches a file that is no disk image, such as a kernel, streaming. Nothing is left at the target when it fails.
     *
     * @param request a checksum in it is compared, and must be there for a source that {@linkplain
     *     ImageSource#needsChecksum needs one}; its format is not
     * @return the target with its size and hash
     * @throws io.ferric.node.NodeFault when the reference, the source, the checksum or our own disk is at fault
     */
    public CachedImage download(ImageRequest request, Path target) {
        ImageSource source = of(request.reference());
        if (source.needsChecksum() && request.checksum().isEmpty()) {
            throw new InvalidRequest(
                    FaultCode.MISSING_PARAMETER_VALUE,
                    "File " + Faults.shown(request.reference()) + " has no checksum",
                    "Give its checksum: files from web servers need one.");
        }
        try {
            ImageMetadata said = source.metadata(request.reference());
            ImageRequest complete =
                    new ImageRequest(request.reference(), checksum(request, said), request.diskFormat());
            return new Download(source, complete, said.size(), LARGEST_FILE, Patience.REAL)
                    .to(target, Volume.REAL, Progress.NONE);
        } catch (IOException e) {
            throw Faults.deploy(
                    "Fetching " + Faults.shown(request.reference()) + " failed: " + Faults.words(e),
                    "Look at the reference, and whether its server is up.",
                    e);
        } catch (RuntimeException e) {
            deleteQuietly(target);
            throw e;
        }
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} is left behind: {}", file, Faults.words(e));
        }
    }
}

package io.ferric.deploy;

import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All places images can come from; each reference belongs to the first source that accepts it. Immutable. */
public final class ImageSources {
    private static final Logger LOG = LoggerFactory.getLogger(ImageSources.class);
    /** Kernels and ramdisks are never this large. */
    private static final long LARGEST_FILE = 8L << 30;

    private final List<ImageSource> sources;

    public ImageSources(List<ImageSource> sources) {
        this.sources = List.copyOf(sources);
    }

    /** {@code file://} below the allowed folders, and {@code http(s)://}. */
    public static ImageSources standard(DeployConfig config) {
        return new ImageSources(List.of(
                new FileImageSource(new AllowedPaths(config.fileUrlAllowedPaths())),
                new HttpImageSource(config.http())));
    }

    /** These and one more, asked last. */
    public ImageSources with(ImageSource more) {
        List<ImageSource> all = new ArrayList<>(sources);
        all.add(more);
        return new ImageSources(all);
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
                    new ImageRequest(request.reference(), request.checksum().or(said::checksum), request.diskFormat());
            return new Download(source, complete, said.size(), LARGEST_FILE).to(target, Volume.REAL, Progress.NONE);
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

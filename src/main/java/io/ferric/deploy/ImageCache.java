package io.ferric.deploy;

import io.ferric.image.Checksum;
import io.ferric.node.FaultCode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.OperationFailed;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one copy of each image and hands out hard links to it, so that many deploys of one image download it once and
 * take the room of one. A copy counts only when it came whole, has the declared checksum and holds what can be deployed: a
 * root file system or a whole disk. What failed leaves nothing behind. Copies that no deploy uses go when they are too old or too many.
 *
 * <p>Safe for use by many threads: deploys of one image wait for one download. Several processes may share the folder;
 * they may then download an image twice, no worse.
 */
public final class ImageCache {
    private static final Logger LOG = LoggerFactory.getLogger(ImageCache.class);

    private final ImageCacheConfig config;
    private final ImageSources sources;
    private final Clock clock;
    private final Volume volume;
    private final Patience patience;
    private final KeyedLocks downloads = new KeyedLocks();
    /** Held while links are made and cleaning looks for copies without any. */
    private final Object links = new Object();

    public ImageCache(ImageCacheConfig config, ImageSources sources, Clock clock) {
        this(config, sources, clock, Volume.REAL, Patience.REAL);
    }

    ImageCache(ImageCacheConfig config, ImageSources sources, Clock clock, Volume volume, Patience patience) {
        this.config = config;
        this.sources = sources;
        this.clock = clock;
        this.volume = volume;
        this.patience = patience;
    }

    /** The sources it fetches from. */
    public ImageSources sources() {
        return sources;
    }

    /** As the other, with nobody who wants to hear how far it is. */
    public CachedImage fetch(ImageRequest request, Path destination) {
        return fetch(request, destination, Progress.NONE);
    }

    /**
     * Brings an image to a path of the caller's, whose folder is made when needed. Nothing is transferred when the cache
     * has it. When it fails there is nothing at the path.
     *
     * @throws io.ferric.node.NodeFault {@code ImageUnacceptable}, {@code ImageChecksumError}, {@code
     *     InsufficientDiskSpace}, {@code ImageRefValidationFailed}, or {@code InstanceDeployFailure} when the source
     *     fails
     */
    public CachedImage fetch(ImageRequest request, Path destination, Progress progress) {
        try {
            Files.createDirectories(destination.getParent());
            return fetch(resolve(request, destination, progress));
        } catch (IOException e) {
            deleteQuietly(destination);
            throw Faults.storage("Storing image " + Faults.shown(request.reference()), e);
        } catch (RuntimeException e) {
            deleteQuietly(destination);
            throw e;
        }
    }

    private CachedImage fetch(Want want) throws IOException {
        if (config.masterPath().isEmpty()) {
            return fetchDirectly(want);
        }
        Path master = Files.createDirectories(config.masterPath().get());
        MasterImage image = MasterImage.of(master, want.request().reference(), want.version());
        CachedImage fetched = downloads.with(image, () -> want.progress().at(0, 0), () -> fetchThrough(image, want));
        clean();
        return fetched;
    }

    /** The caller's path is no longer needed. Content when there is nothing there. */
    public void release(Path destination) {
        try {
            if (Files.exists(destination)) {
                Files.setLastModifiedTime(destination, FileTime.from(clock.instant()));
            }
            Files.deleteIfExists(destination);
        } catch (IOException e) {
            throw Faults.storage("Deleting image " + destination, e);
        }
        clean();
    }

    /** Deletes copies that are too old or too much. */
    public void clean() {
        config.masterPath().filter(Files::isDirectory).ifPresent(folder -> {
            synchronized (links) {
                cleaner(folder).clean();
            }
        });
    }

    /** Deletes a path whose content has turned out to be damaged, and the copy it is linked to. */
    void forget(ImageRequest request, Path destination) {
        deleteQuietly(destination);
        config.masterPath().ifPresent(folder -> {
            Want want = resolve(request, destination, Progress.NONE);
            synchronized (links) {
                try {
                    MasterImage.of(folder, request.reference(), want.version()).delete();
                } catch (IOException e) {
                    LOG.warn("a damaged image cannot be deleted from the cache: {}", Faults.words(e));
                }
            }
        });
    }

    /** What is wanted, with what the source said about it. */
    private record Want(
            ImageSource source,
            ImageRequest request,
            OptionalLong size,
            String version,
            Path destination,
            Progress progress) {}

    private Want resolve(ImageRequest request, Path destination, Progress progress) {
        ImageSource source = sources.of(request.reference());
        if (source.needsChecksum() && request.checksum().isPresent()) {
            String version = request.checksum().get().toString();
            return new Want(source, request, OptionalLong.empty(), version, destination, progress);
        }
        if (source.needsChecksum()) {
            throw new InvalidRequest(
                    FaultCode.MISSING_PARAMETER_VALUE,
                    "Image " + Faults.shown(request.reference()) + " has no checksum",
                    "Set instance_info/image_checksum: images from web servers need one.");
        }
        ImageMetadata said = metadata(source, request.reference());
        // what the source declares is held against the content first: a node must not talk a bad image good
        ImageRequest complete = new ImageRequest(
                request.reference(),
                sources.checksum(request, said),
                said.diskFormat().or(request::diskFormat),
                request.wholeDisk());
        String version = complete.checksum().map(Checksum::toString).orElseGet(() -> said.properties()
                .getOrDefault("version", ""));
        return new Want(source, complete, said.size(), version, destination, progress);
    }

    private CachedImage fetchThrough(MasterImage image, Want want) {
        try {
            Optional<CachedImage> linked = linkSound(image, want);
            return linked.isPresent() ? linked.get() : downloadAndLink(image, want);
        } catch (IOException e) {
            throw Faults.storage("Storing image " + Faults.shown(want.request().reference()), e);
        }
    }

    /** As it is, or none when it was refused because it has been damaged meanwhile; then it is deleted. */
    private Optional<CachedImage> linkSound(MasterImage image, Want want) throws IOException {
        try {
            return linkExisting(image, want);
        } catch (OperationFailed e) {
            if (!e.code().equals(FaultCode.IMAGE_UNACCEPTABLE) || image.isSound()) {
                throw e;
            }
            LOG.warn(
                    "the cached copy of {} was damaged; it is fetched anew",
                    Faults.shown(want.request().reference()));
            synchronized (links) {
                image.delete();
            }
            return Optional.empty();
        }
    }

    private Optional<CachedImage> linkExisting(MasterImage image, Want want) throws IOException {
        Provided provided;
        synchronized (links) {
            Optional<CachedImage> master = image.find();
            if (master.isEmpty()) {
                Files.deleteIfExists(want.destination());
                return Optional.empty();
            }
            ImageJudge.judgeAgain(master.get(), want.request());
            provided = link(image, master.get(), want);
        }
        return Optional.of(provided.finish(volume));
    }

    private CachedImage downloadAndLink(MasterImage image, Want want) throws IOException {
        Path folder = image.path().getParent();
        try (TransferFolder transfer = TransferFolder.in(folder)) {
            CachedImage download = download(want, transfer.file(), folder);
            Provided provided;
            synchronized (links) {
                image.adopt(download);
                provided = link(image, download, want);
            }
            return provided.finish(volume);
        }
    }

    /** An image at its destination, or open to be copied there, for no link leads to another file system. */
    private record Provided(CachedImage image, Optional<InputStream> bytes) {
        /** To be called without the lock, for copying takes long; the open copy can be read even when it is deleted. */
        CachedImage finish(Volume volume) throws IOException {
            if (bytes.isPresent()) {
                try (InputStream in = bytes.get()) {
                    volume.copy(in, image.path());
                }
            }
            return image;
        }
    }

    private Provided link(MasterImage image, CachedImage facts, Want want) throws IOException {
        image.touch(clock.instant());
        Path destination = want.destination();
        CachedImage provided = facts.at(destination);
        if (!Files.exists(destination) || !Files.isSameFile(destination, image.path())) {
            Files.deleteIfExists(destination);
            try {
                volume.link(destination, image.path());
            } catch (UnsupportedOperationException | FileSystemException e) {
                LOG.debug("{} cannot be linked to, so it is copied", destination, e);
                return new Provided(provided, Optional.of(Files.newInputStream(image.path())));
            }
        }
        return new Provided(provided, Optional.empty());
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("{} is left behind: {}", file, Faults.words(e));
        }
    }

    private CachedImage fetchDirectly(Want want) throws IOException {
        Path folder = want.destination().getParent();
        Files.deleteIfExists(want.destination());
        try (TransferFolder transfer = TransferFolder.in(folder)) {
            CachedImage download = download(want, transfer.file(), folder);
            Files.move(download.path(), want.destination(), StandardCopyOption.ATOMIC_MOVE);
            return download.at(want.destination());
        }
    }

    private CachedImage download(Want want, Path target, Path folder) {
        ImageRequest request = want.request();
        OptionalLong size = want.size().isPresent()
                ? want.size()
                : metadata(want.source(), request.reference()).size();
        synchronized (links) {
            new DiskSpace(
                            volume,
                            config.masterPath().stream().map(this::cleaner).toList())
                    .ensure(folder, size.orElse(0));
        }
        long maxBytes = config.maxImageMib() * Mib.BYTES;
        CachedImage download =
                new Download(want.source(), request, size, maxBytes, patience).to(target, volume, want.progress());
        return download.withContentSize(ImageJudge.judge(target, request, maxBytes, want.progress()));
    }

    private CacheCleaner cleaner(Path folder) {
        return new CacheCleaner(folder, config, clock);
    }

    private static ImageMetadata metadata(ImageSource source, String reference) {
        try {
            return source.metadata(reference);
        } catch (IOException e) {
            throw Faults.deploy(
                    "Image " + Faults.shown(reference) + " cannot be reached: " + Faults.words(e),
                    "Look at the reference, and whether its server is up.",
                    e);
        }
    }
}

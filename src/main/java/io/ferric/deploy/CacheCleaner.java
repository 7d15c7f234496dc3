package io.ferric.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which cached images go. Only those that no deploy holds a link to can go: first the ones not used for too
 * long, then, while there is still too much, the ones not used for the longest time. The time of last use is the time of
 * modification, which the cache sets at each use, so that mount options such as noatime do not matter.
 */
final class CacheCleaner implements Reclaimable {
    private static final Logger LOG = LoggerFactory.getLogger(CacheCleaner.class);
    private static final int PRIORITY = 50;
    /**
     * A transfer that nothing was written to for so long belongs to a process that died: a live one gives up when too
     * little comes for a minute. Not at once, for the folder may be shared with other processes.
     */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final Path folder;
    private final ImageCacheConfig config;
    private final Clock clock;

    /** A cached image nobody uses now. */
    private record Candidate(MasterImage image, long bytes, Instant lastUse) {}

    CacheCleaner(Path folder, ImageCacheConfig config, Clock clock) {
        this.folder = folder;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public int priority() {
        return PRIORITY;
    }

    /** Deletes what is too old, then what is too much. */
    void clean() {
        try {
            removeAbandonedTransfers();
            removeExpired(Long.MAX_VALUE);
            shrink();
        } catch (IOException e) {
            LOG.warn("the image cache {} cannot be cleaned: {}", folder, Faults.words(e));
        }
    }

    private void shrink() throws IOException {
        long limit = config.sizeMib() * Mib.BYTES;
        long total = candidates().stream().mapToLong(Candidate::bytes).sum();
        if (total > limit) {
            total -= remove(candidates(), total - limit);
        }
        if (total > limit) {
            LOG.warn(
                    "the image cache {} holds {} MiB, more than its limit of {}",
                    folder,
                    total / Mib.BYTES,
                    config.sizeMib());
        }
    }

    /** What dead processes left and expired images go first, then the oldest, and no more than it takes. */
    @Override
    public long reclaim(long bytes) {
        try {
            long freed = removeAbandonedTransfers();
            freed += removeExpired(bytes - freed);
            return freed >= bytes ? freed : freed + remove(candidates(), bytes - freed);
        } catch (IOException e) {
            LOG.warn("the image cache {} cannot be cleaned: {}", folder, Faults.words(e));
            return 0;
        }
    }

    private long removeExpired(long atMost) throws IOException {
        Instant limit = clock.instant().minus(config.ttl());
        return remove(
                candidates().stream()
                        .filter(each -> each.lastUse().isBefore(limit))
                        .toList(),
                atMost);
    }

    private long remove(List<Candidate> oldestFirst, long wanted) {
        long reclaimed = 0;
        for (Candidate each : oldestFirst) {
            if (reclaimed >= wanted) {
                break;
            }
            try {
                each.image().delete();
                reclaimed += each.bytes();
            } catch (IOException e) {
                LOG.warn(
                        "the cached image {} cannot be deleted: {}",
                        each.image().path(),
                        Faults.words(e));
            }
        }
        return reclaimed;
    }

    private List<Candidate> candidates() throws IOException {
        List<Candidate> found = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(MasterImage::isOne).toList()) {
                addIfUnused(file, found);
            }
        }
        found.sort(Comparator.comparing(Candidate::lastUse));
        return found;
    }

    private void addIfUnused(Path file, List<Candidate> found) throws IOException {
        try {
            if ((int) Files.getAttribute(file, "unix:nlink", LinkOption.NOFOLLOW_LINKS) == 1) {
                BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
                found.add(new Candidate(
                        new MasterImage(file),
                        seen.size(),
                        seen.lastModifiedTime().toInstant()));
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} has just been deleted by another", file);
        }
    }

    private long removeAbandonedTransfers() throws IOException {
        Instant limit = clock.instant().minus(ABANDONED);
        long freed = 0;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path transfer : files.filter(TransferFolder::isOne).toList()) {
                freed += TransferFolder.deleteIfUntouchedSince(transfer, limit);
            }
        }
        return freed;
    }
}

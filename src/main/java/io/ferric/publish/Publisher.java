package io.ferric.publish;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts files where a BMC can fetch them and hands out signed, expiring URLs for them.
 *
 * <p>A name is one path component of letters, digits, {@code .}, {@code _} and {@code -}, at most 128 characters, not
 * starting with a dot; give it the suffix {@code .img} or {@code .iso}, because some BMCs look at the end of the URL.
 * Files are stored as they are at the time of the call and may be deleted by the caller afterwards. A symbolic link is
 * refused. Implementations are safe for use by many threads.
 */
public interface Publisher {
    /**
     * Stores a file under a name, replacing an older one, and signs a URL for it.
     *
     * @param ttl the life of both the object, which deletes itself afterwards, and the URL; a BMC fetches lazily while it
     *     boots, so it must be longer than the slowest boot
     */
    SignedUrl publish(String name, Path file, Duration ttl) throws PublishException;

    /** As {@link #publish(String, Path, Duration)}, with annotations as in {@link #store(String, Path, Map)}. */
    default SignedUrl publish(String name, Path file, Duration ttl, Map<String, String> annotations)
            throws PublishException {
        SignedUrl url = publish(name, file, ttl);
        annotate(name, annotations);
        return url;
    }

    /** Stores a file under a name without expiry and without annotations, replacing an older one. */
    default void store(String name, Path file) throws PublishException {
        store(name, file, Map.of());
    }

    /**
     * Stores a file under a name without expiry, replacing an older one.
     *
     * @param annotations short texts for operators by lower-case name, as {@code usage_count}; kept where the store can
     */
    void store(String name, Path file, Map<String, String> annotations) throws PublishException;

    /**
     * Sets annotations of something stored, and keeps its others; a store that has none does nothing.
     *
     * @throws NoSuchObject when nothing is stored under this name, where the store would have annotations
     */
    default void annotate(String name, Map<String, String> annotations) throws PublishException {}

    /** What is stored under names that begin so, without annotations; expired things may still be listed. */
    List<Published> list(String prefix) throws PublishException;

    /** The annotations of something stored, names in lower case; empty where the store has none. */
    default Map<String, String> annotations(String name) throws PublishException {
        return Map.of();
    }

    /**
     * Deletes pieces of things that were never stored whole, where the store keeps such.
     *
     * @param marked annotations that they bear; pieces have those whose names begin with {@code ferric_}
     * @param since what was stored in pieces after this time may still become whole
     * @return what was deleted, for the eyes of operators
     */
    default List<String> removeOrphanedPieces(Map<String, String> marked, Instant since) throws PublishException {
        return List.of();
    }

    /** Whether nobody but this publisher stores anything where it does, so that everything there is ours. */
    default boolean exclusive() {
        return false;
    }

    /** Something stored: its name, when it was stored, and its size in bytes. */
    record Published(String name, Instant stored, long size) {}

    /**
     * Signs a fresh URL for something stored earlier.
     *
     * @param ttl how long the URL is good; it never outlives an object that expires
     * @throws NoSuchObject when nothing is stored under this name
     */
    SignedUrl sign(String name, Duration ttl) throws PublishException;

    /** Tells whether something is stored under this name and has not expired. */
    boolean exists(String name) throws PublishException;

    /** Deletes what is stored under this name; nothing there is no error. */
    void remove(String name) throws PublishException;

    /** What the URLs begin with, where that is ours to say; empty when another service does the serving. */
    default Optional<URI> servedAt() {
        return Optional.empty();
    }

    /** Who fetched what; empty when this publisher cannot know, because another service does the serving. */
    Optional<FetchLog> fetchLog();
}

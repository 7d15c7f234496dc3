package io.ferric.publish;

import io.ferric.publish.Publisher.Published;
import io.ferric.publish.connector.Body;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The few requests that {@link SwiftApi} makes of one Swift account, one method each, so that a test can put a mock in
 * place of the network. Nothing is tried twice here. Header names come back in lower case. Safe for use by many threads.
 *
 * <p>Every method throws {@link IOException} when Swift cannot be reached or answers with an unexpected status; the message
 * names the status and no secret.
 */
public interface ObjectStore {
    /** The account's URL, as {@code https://swift.example.org/v1/AUTH_0123}. */
    URI storageUrl() throws IOException;

    /** {@code GET /info}; empty when there is none. */
    Optional<SwiftInfo> info() throws IOException;

    /** The account's headers, TempURL keys among them. */
    Map<String, String> headAccount() throws IOException;

    /** POST of the account, which adds to its metadata. */
    void postAccount(Map<String, String> headers) throws IOException;

    /** A container's headers, or empty when there is no such container. */
    Optional<Map<String, String>> headContainer(String container) throws IOException;

    /** PUT of a container, which is no error when it exists. A new one is private. */
    void createContainer(String container) throws IOException;

    /** POST of a container, which adds to its metadata. */
    void postContainer(String container, Map<String, String> headers) throws IOException;

    /**
     * PUT of an object, streamed.
     *
     * @param headers such as {@code X-Delete-After}
     * @return the headers of the answer; {@code etag} is the MD5 of what Swift received, in hex
     */
    Map<String, String> putObject(String container, String name, Body content, Map<String, String> headers)
            throws IOException;

    /**
     * PUT of the manifest that makes segments one object. Swift compares size and ETag of each with what it has.
     *
     * @return the headers of the answer; {@code etag} is the MD5 of the segments' ETags, in hex and quotes
     */
    Map<String, String> putManifest(String container, String name, List<Segment> segments, Map<String, String> headers)
            throws IOException;

    /** The segments of a static large object; empty when there is no such object. */
    Optional<List<Segment>> manifest(String container, String name) throws IOException;

    /** HEAD of an object: its headers, or empty when there is no such object. */
    Optional<Map<String, String>> headObject(String container, String name) throws IOException;

    /** GET of a container, all its pages: the objects whose names begin so; none when there is no such container. */
    List<Published> listObjects(String container, String prefix) throws IOException;

    /**
     * POST of an object's headers, which replaces all its metadata.
     *
     * @return false when there is no such object
     */
    boolean postObject(String container, String name, Map<String, String> headers) throws IOException;

    /**
     * DELETE of an object; of a static large object only the manifest.
     *
     * @return false when there was no such object
     */
    boolean deleteObject(String container, String name) throws IOException;
}

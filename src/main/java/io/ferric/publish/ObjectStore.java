package io.ferric.publish;

import io.ferric.publish.Publisher.Published;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The few requests that {@link SwiftApi} makes of one Swift account, one method each, so that a test can put a mock in
 * place of the network. Header names come back in lower case. Safe for use by many threads.
 *
 * <p>Every method throws {@link IOException} when Swift cannot be reached or answers with an unexpected status; the message
 * names the status and no secret.
 */
public interface ObjectStore {
    /** The account's URL, as {@code https://swift.example.org/v1/AUTH_0123}. */
    URI storageUrl() throws IOException;

    /** HEAD of the account: {@code X-Account-Meta-Temp-Url-Key}, empty when no key is set. */
    Optional<String> accountTempUrlKey() throws IOException;

    /**
     * What {@code GET /info} says of TempURL digests: empty when there is no {@code /info}, an empty list when there is one
     * that names none.
     */
    Optional<List<String>> tempUrlDigests() throws IOException;

    /** PUT of a container, which is no error when it exists. */
    void createContainer(String container) throws IOException;

    /**
     * PUT of an object from a file, streamed.
     *
     * @param headers such as {@code X-Delete-After}
     * @return the ETag, which is the MD5 of what Swift received, in hex without quotes; empty when it sent none
     */
    String putObject(String container, String name, Path file, Map<String, String> headers) throws IOException;

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
     * DELETE of an object.
     *
     * @return false when there was no such object
     */
    boolean deleteObject(String container, String name) throws IOException;
}

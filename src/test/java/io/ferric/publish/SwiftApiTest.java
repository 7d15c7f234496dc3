package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyMap;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.ferric.publish.TempUrl.Digest;
import io.ferric.publish.TempUrl.SigningKey;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.mockito.InOrder;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

@ExtendWith(MockitoExtension.class)
class SwiftApiTest {
    private static final String CONTAINER = "ironic_ilo_container";
    private static final String NAME = "image-1.img";
    private static final String MD5 = "5d41402abc4b2a76b9719d911017c592"; // of "hello"
    private static final URI STORAGE = URI.create("http://swift:8080/v1/AUTH_x");

    @Mock
    ObjectStore store;

    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();
    private Path file;
    private SwiftApi swift;

    @BeforeEach
    void prepare() throws IOException {
        file = Files.writeString(folder.resolve("f"), "hello");
        swift = new SwiftApi(store, SwiftOptions.defaults(), clock);
        lenient().when(store.storageUrl()).thenReturn(STORAGE);
        lenient().when(store.accountTempUrlKey()).thenReturn(Optional.of("key"));
    }

    @Test
    void puts_the_container_and_then_the_object_and_returns_its_id() throws IOException {
        when(store.putObject(any(), any(), any(), anyMap())).thenReturn(MD5);
        assertThat(swift.uploadObject(CONTAINER, NAME, file, UploadOptions.defaults()))
                .isEqualTo(MD5);
        InOrder order = inOrder(store);
        order.verify(store).createContainer(CONTAINER);
        order.verify(store).putObject(CONTAINER, NAME, file, Map.of("ETag", MD5));
    }

    @Test
    void sets_the_expiry_in_whole_seconds_and_leaves_the_container_alone_when_told() throws IOException {
        when(store.putObject(any(), any(), any(), anyMap())).thenReturn(MD5.toUpperCase());
        UploadOptions options = UploadOptions.defaults()
                .withDeleteAfter(Duration.ofMillis(899_500))
                .withCreateContainer(false);
        swift.uploadObject(CONTAINER, NAME, file, options);
        verify(store, never()).createContainer(anyString());
        verify(store).putObject(CONTAINER, NAME, file, Map.of("ETag", MD5, "X-Delete-After", "900"));
    }

    @Test
    void fails_when_the_container_cannot_be_made() throws IOException {
        doThrow(new IOException("HTTP 403")).when(store).createContainer(CONTAINER);
        assertSwiftError(
                "Swift operation 'put container' failed: HTTP 403",
                () -> swift.uploadObject(CONTAINER, NAME, file, UploadOptions.defaults()));
        verify(store, never()).putObject(any(), any(), any(), anyMap());
    }

    @Test
    void fails_when_the_object_cannot_be_put() throws IOException {
        when(store.putObject(any(), any(), any(), anyMap())).thenThrow(new IOException("HTTP 507"));
        assertSwiftError(
                "Swift operation 'put object' failed: HTTP 507",
                () -> swift.uploadObject(CONTAINER, NAME, file, UploadOptions.defaults()));
    }

    @Test
    void fails_and_cleans_up_when_swift_stored_something_else() throws IOException {
        when(store.putObject(any(), any(), any(), anyMap())).thenReturn("d41d8cd98f00b204e9800998ecf8427e");
        when(store.deleteObject(CONTAINER, NAME)).thenReturn(true);
        assertSwiftError(
                "something else than image-1.img",
                () -> swift.uploadObject(CONTAINER, NAME, file, UploadOptions.defaults()));
        verify(store).deleteObject(CONTAINER, NAME);
    }

    @Test
    void tells_an_unreachable_swift_from_a_missing_file() throws IOException {
        when(store.putObject(any(), any(), any(), anyMap())).thenThrow(new ConnectException("Connection refused"));
        assertSwiftError(
                "Connection refused", () -> swift.uploadObject(CONTAINER, NAME, file, UploadOptions.defaults()));
        assertSwiftError(
                "NoSuchFile",
                () -> swift.uploadObject(CONTAINER, NAME, folder.resolve("absent"), UploadOptions.defaults()));
    }

    @Test
    void deletes_an_object() throws IOException {
        when(store.deleteObject(CONTAINER, NAME)).thenReturn(true, false);
        swift.deleteObject(CONTAINER, NAME);
        assertThatExceptionOfType(NoSuchObject.class)
                .isThrownBy(() -> swift.deleteObject(CONTAINER, NAME))
                .satisfies(e -> assertThat(e.code()).isEqualTo("SwiftObjectNotFound"));
    }

    @Test
    void shows_the_headers_of_an_object() throws IOException {
        when(store.headObject(CONTAINER, NAME)).thenReturn(Optional.of(Map.of("etag", MD5)));
        assertThat(swift.headObject(CONTAINER, NAME)).contains(Map.of("etag", MD5));
    }

    @Test
    void keeps_expiry_and_other_metadata_when_it_updates_some() throws IOException {
        when(store.headObject(CONTAINER, NAME))
                .thenReturn(Optional.of(Map.of(
                        "x-object-meta-usage", "1",
                        "x-object-meta-other", "stays",
                        "x-delete-at", "1795350000",
                        "content-length", "5",
                        "etag", MD5)));
        when(store.postObject(any(), any(), anyMap())).thenReturn(true);
        swift.updateObjectMetadata(CONTAINER, NAME, Map.of("Usage", "2"));
        verify(store)
                .postObject(
                        CONTAINER,
                        NAME,
                        Map.of(
                                "x-object-meta-usage", "2",
                                "x-object-meta-other", "stays",
                                "x-delete-at", "1795350000"));
    }

    @Test
    void cannot_update_what_is_not_there() throws IOException {
        when(store.headObject(CONTAINER, NAME)).thenReturn(Optional.empty());
        assertThatExceptionOfType(NoSuchObject.class)
                .isThrownBy(() -> swift.updateObjectMetadata(CONTAINER, NAME, Map.of("a", "b")));
    }

    @Test
    void signs_with_the_account_s_key_and_the_digest_the_server_allows() throws IOException {
        when(store.tempUrlDigests()).thenReturn(Optional.of(List.of("sha512", "sha1")));
        SignedUrl url = swift.getTempUrl(CONTAINER, NAME, Duration.ofSeconds(900));
        assertThat(url)
                .isEqualTo(TempUrl.sign(
                        STORAGE,
                        CONTAINER,
                        NAME,
                        new SigningKey("key", Digest.SHA512),
                        MutableClock.START.plusSeconds(900)));
        assertThat(url.uri().toString()).startsWith("http://swift:8080/v1/AUTH_x/ironic_ilo_container/image-1.img?");
        swift.getTempUrl(CONTAINER, NAME, Duration.ofSeconds(900));
        verify(store, times(1)).tempUrlDigests();
        verify(store, times(2)).accountTempUrlKey();
    }

    @Test
    void signs_with_configured_key_and_digest_without_asking() throws IOException {
        SwiftOptions options = SwiftOptions.defaults().withTempUrlKey("mine").withTempUrlDigest(Digest.SHA1);
        assertThat(options.toString()).doesNotContain("mine");
        SignedUrl url = new SwiftApi(store, options, clock).getTempUrl(CONTAINER, NAME, Duration.ofSeconds(1));
        assertThat(url.uri().getQuery()).matches("temp_url_sig=[0-9a-f]{40}&temp_url_expires=\\d+");
        verify(store, never()).accountTempUrlKey();
        verify(store, never()).tempUrlDigests();
    }

    @Test
    void says_when_the_account_has_no_key() throws IOException {
        when(store.accountTempUrlKey()).thenReturn(Optional.of(" "));
        assertSwiftError("Temp-URL-Key", () -> swift.getTempUrl(CONTAINER, NAME, Duration.ofSeconds(1)));
    }

    @Test
    void says_when_no_digest_is_common() throws IOException {
        when(store.tempUrlDigests()).thenReturn(Optional.of(List.of("md5")));
        assertSwiftError("[md5]", () -> swift.getTempUrl(CONTAINER, NAME, Duration.ofSeconds(1)));
    }

    @Test
    void publishes_through_a_container() throws IOException {
        SwiftPublisher publisher = new SwiftPublisher(swift, CONTAINER);
        when(store.tempUrlDigests()).thenReturn(Optional.empty());
        when(store.putObject(eq(CONTAINER), eq(NAME), eq(file), anyMap())).thenReturn(MD5);
        SignedUrl url = publisher.publish(NAME, file, Duration.ofMinutes(15));
        assertThat(url.expires()).isEqualTo(MutableClock.START.plusSeconds(900));
        verify(store).putObject(CONTAINER, NAME, file, Map.of("ETag", MD5, "X-Delete-After", "900"));
        publisher.store(NAME, file);
        verify(store).putObject(CONTAINER, NAME, file, Map.of("ETag", MD5));
        assertThat(publisher.fetchLog()).isEmpty();
    }

    @Test
    void signs_only_what_is_there_and_removes_twice_without_complaint() throws IOException {
        SwiftPublisher publisher = new SwiftPublisher(swift, CONTAINER);
        when(store.headObject(CONTAINER, NAME)).thenReturn(Optional.empty());
        assertThatExceptionOfType(NoSuchObject.class).isThrownBy(() -> publisher.sign(NAME, Duration.ofMinutes(1)));
        when(store.deleteObject(CONTAINER, NAME)).thenReturn(false);
        publisher.remove(NAME);
        verify(store).deleteObject(CONTAINER, NAME);
    }

    @Test
    void refuses_links_and_bad_names() throws IOException {
        SwiftPublisher publisher = new SwiftPublisher(swift, CONTAINER);
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThatExceptionOfType(PublishException.class).isThrownBy(() -> publisher.store(NAME, link));
        assertThatExceptionOfType(PublishException.class).isThrownBy(() -> publisher.store("../x", file));
        verify(store, never()).putObject(any(), any(), any(), anyMap());
    }

    private static void assertSwiftError(String text, ThrowingCallable call) {
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(call)
                .withMessageContaining(text)
                .satisfies(e -> assertThat(e.code()).isEqualTo("SwiftOperationError"));
    }
}

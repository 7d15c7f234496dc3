package io.ferric.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.ferric.publish.NoSuchObject;
import io.ferric.publish.PublishException;
import io.ferric.publish.Publisher;
import io.ferric.publish.SignedUrl;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Publisher} promises, asked of a publisher that is really there, by the system's clock. */
abstract class PublisherContract {
    private static final Duration TTL = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient();
    private final byte[] content = bytes(100_000, 31);
    private Path file;

    /** The publisher under test, empty. */
    abstract Publisher publisher() throws Exception;

    /** Whether it keeps annotations. */
    abstract boolean annotates();

    /** What must not be shown. */
    abstract List<String> secrets();

    private Publisher publisher;

    @BeforeEach
    void prepare() throws Exception {
        publisher = publisher();
        file = Files.write(folder.resolve("made-here"), content);
    }

    @Test
    void serves_what_was_published_by_head_and_get_after_the_file_is_gone() throws Exception {
        SignedUrl url = publisher.publish("floppy-1.img", file, TTL);
        Files.delete(file);

        HttpResponse<byte[]> head = fetch("HEAD", url);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(content.length);
        assertThat(head.body()).isEmpty();
        HttpResponse<byte[]> whole = fetch("GET", url);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(content);
        assertThat(url.expires())
                .isBetween(
                        Instant.now().plus(TTL).minusSeconds(60),
                        Instant.now().plus(TTL).plusSeconds(2));
        assertThat(publisher.exists("floppy-1.img")).isTrue();
    }

    @Test
    void serves_ranges_as_an_ilo_asks_for_them() throws Exception {
        SignedUrl url = publisher.publish("ranges.iso", file, TTL);
        HttpResponse<byte[]> part = fetch("GET", url, "Range", "bytes=2048-4095");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.headers().firstValue("Content-Range")).hasValue("bytes 2048-4095/100000");
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(content, 2048, 4096));
        assertThat(fetch("GET", url, "Range", "bytes=-10").body())
                .isEqualTo(Arrays.copyOfRange(content, content.length - 10, content.length));
        assertThat(fetch("GET", url, "Range", "bytes=100000-").statusCode()).isEqualTo(416);
    }

    @Test
    void refuses_a_url_that_has_expired_and_deletes_the_object_by_itself() throws Exception {
        SignedUrl url = publisher.publish("short-lived.img", file, Duration.ofSeconds(1));
        await().until(() -> fetch("GET", url).statusCode() >= 400);
        assertThat(Instant.now()).isAfterOrEqualTo(url.expires().minusSeconds(1));
        await().until(() -> !publisher.exists("short-lived.img"));
        assertThatExceptionOfType(NoSuchObject.class).isThrownBy(() -> publisher.sign("short-lived.img", TTL));
    }

    @Test
    void refuses_a_url_whose_signature_was_touched_and_other_methods() throws Exception {
        SignedUrl url = publisher.publish("signed.iso", file, TTL);
        String text = url.uri().toString();
        int at = text.contains("temp_url_sig=") ? text.indexOf("temp_url_sig=") + 20 : text.lastIndexOf('.') - 5;
        char other = text.charAt(at) == 'a' ? 'b' : 'a';
        URI touched = URI.create(text.substring(0, at) + other + text.substring(at + 1));
        assertThat(fetch("GET", touched).statusCode()).isBetween(400, 499);
        assertThat(fetch("DELETE", url).statusCode()).isBetween(400, 499);
        assertThat(fetch("PUT", url).statusCode()).isBetween(400, 499);
        assertThat(fetch("GET", url).body()).isEqualTo(content);
    }

    @Test
    void stores_for_good_and_signs_again_and_again() throws Exception {
        publisher.store("kept.iso", file);
        SignedUrl one = publisher.sign("kept.iso", TTL);
        SignedUrl two = publisher.sign("kept.iso", TTL.multipliedBy(2));
        assertThat(one.uri()).isNotEqualTo(two.uri());
        assertThat(fetch("GET", one).body()).isEqualTo(content);
        assertThat(fetch("GET", two).body()).isEqualTo(content);
    }

    @Test
    void replaces_what_goes_by_the_same_name() throws Exception {
        publisher.store("replaced.iso", file);
        SignedUrl url = publisher.sign("replaced.iso", TTL);
        byte[] shorter = bytes(5000, 7);
        publisher.store("replaced.iso", Files.write(folder.resolve("shorter"), shorter));
        assertThat(fetch("GET", url).body()).isEqualTo(shorter);
        assertThat(names("replaced")).containsExactly("replaced.iso");
        publisher.publish("replaced.iso", file, TTL);
        assertThat(fetch("GET", publisher.sign("replaced.iso", TTL)).body()).isEqualTo(content);
    }

    @Test
    void serves_nothing_of_what_was_removed() throws Exception {
        SignedUrl url = publisher.publish("removed.img", file, TTL);
        publisher.remove("removed.img");
        assertThat(fetch("GET", url).statusCode()).isEqualTo(404);
        assertThat(publisher.exists("removed.img")).isFalse();
        assertThat(names("removed")).isEmpty();
        publisher.remove("removed.img");
    }

    @Test
    void says_that_there_is_no_such_object() throws Exception {
        assertThat(publisher.exists("never-was.iso")).isFalse();
        publisher.remove("never-was.iso");
        assertThatExceptionOfType(NoSuchObject.class)
                .isThrownBy(() -> publisher.sign("never-was.iso", TTL))
                .withMessageContaining("never-was.iso");
    }

    @Test
    void lists_by_the_beginning_of_the_name_with_size_and_time() throws Exception {
        publisher.store("list-b.iso", file);
        publisher.store("list-a.iso", Files.write(folder.resolve("empty"), new byte[0]));
        publisher.store("other.iso", file);
        assertThat(names("list-")).containsExactlyInAnyOrder("list-a.iso", "list-b.iso");
        Publisher.Published found = publisher.list("list-b").get(0);
        assertThat(found.size()).isEqualTo(content.length);
        assertThat(found.stored())
                .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(60));
        assertThat(publisher.list("no-such-beginning")).isEmpty();
    }

    @Test
    void keeps_annotations_where_it_can_and_the_object_in_any_case() throws Exception {
        publisher.store("noted.iso", file, Map.of("usage_count", "1", "ferric_installation", "here"));
        publisher.annotate("noted.iso", Map.of("usage_count", "2"));
        assertThat(publisher.annotations("noted.iso"))
                .isEqualTo(annotates() ? Map.of("usage_count", "2", "ferric_installation", "here") : Map.of());
        assertThat(fetch("GET", publisher.sign("noted.iso", TTL)).body()).isEqualTo(content);
    }

    @Test
    void an_annotation_does_not_lengthen_a_life() throws Exception {
        SignedUrl url = publisher.publish("noted-floppy.img", file, Duration.ofSeconds(2), Map.of("usage_count", "1"));
        publisher.annotate("noted-floppy.img", Map.of("usage_count", "2"));
        await().until(() -> !publisher.exists("noted-floppy.img"));
        assertThat(fetch("GET", url).statusCode()).isBetween(400, 499);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.img", "A-b_c.1.2.iso", "image-1be26c0b-03f2-4d2e-ae87-c02d7f33c123.img"})
    void takes_every_name_it_promises_to_take(String name) throws Exception {
        assertThat(fetch("GET", publisher.publish(name, file, TTL)).body()).isEqualTo(content);
        assertThat(names(name)).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".hidden", "../up", "a/b.img", "a b.img", "a%2Fb.img", "\u00e4.img", "a\nb.img"})
    void refuses_names_that_are_not_one_harmless_component(String name) {
        assertThatExceptionOfType(PublishException.class).isThrownBy(() -> publisher.publish(name, file, TTL));
        assertThatExceptionOfType(PublishException.class).isThrownBy(() -> publisher.store(name, file));
        assertThatExceptionOfType(PublishException.class).isThrownBy(() -> publisher.remove(name));
    }

    @Test
    void refuses_a_symbolic_link_and_a_life_that_is_over() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThatExceptionOfType(PublishException.class).isThrownBy(() -> publisher.publish("link.img", link, TTL));
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> publisher.publish("over.img", file, Duration.ZERO));
        publisher.store("kept.img", file);
        assertThatExceptionOfType(PublishException.class).isThrownBy(() -> publisher.sign("kept.img", Duration.ZERO));
        assertThat(publisher.exists("link.img")).isFalse();
        assertThat(publisher.exists("over.img")).isFalse();
    }

    @Test
    void shows_no_secret() throws Exception {
        SignedUrl url = publisher.publish("secret.img", file, TTL);
        String query = String.valueOf(url.uri().getRawQuery());
        assertThat(url.toString()).doesNotContain(query.replaceAll(".*temp_url_sig=([^&]*).*", "$1"));
        assertThat(secrets()).noneMatch(publisher.toString()::contains).noneMatch(url.toString()::contains);
    }

    private List<String> names(String prefix) throws IOException {
        return publisher.list(prefix).stream().map(Publisher.Published::name).toList();
    }

    private HttpResponse<byte[]> fetch(String method, SignedUrl url, String... headers) throws Exception {
        return fetch(method, url.uri(), headers);
    }

    private HttpResponse<byte[]> fetch(String method, URI url, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(30))
                .method(method, method.equals("PUT") ? BodyPublishers.ofString("x") : BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static byte[] bytes(int length, int factor) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * factor + i / 251);
        }
        return bytes;
    }
}

package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ferric.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SwiftPublisherTest {
    private static final String NAME = "image-1.img";

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private final SwiftApi swift =
            new SwiftApi(store, SwiftOptions.defaults(), new ManualClock(), pause -> {}, new Random(1));
    private final SwiftPublisher publisher = new SwiftPublisher(swift, "c");
    private Path file;

    @BeforeEach
    void prepare() throws IOException {
        file = Files.writeString(folder.resolve("f"), "hello");
        store.account.put("x-account-meta-temp-url-key", "key");
    }

    @Test
    void publishes_what_deletes_itself() throws IOException {
        SignedUrl url = publisher.publish(NAME, file, Duration.ofMinutes(15));
        assertThat(url.expires()).isEqualTo(ManualClock.START.plusSeconds(900));
        assertThat(store.heads.get("c/" + NAME)).containsEntry("x-delete-after", "900");
        assertThat(publisher.fetchLog()).isEmpty();
    }

    @Test
    void stores_with_annotations_in_one_request() throws IOException {
        publisher.store(NAME, file, Map.of("usage_count", "1", "ferric_installation", "x"));
        assertThat(store.requests).noneMatch(request -> request.startsWith("POST"));
        publisher.annotate(NAME, Map.of("usage_count", "2"));
        assertThat(publisher.annotations(NAME)).isEqualTo(Map.of("usage_count", "2", "ferric_installation", "x"));
        assertThat(publisher.list("image-")).extracting("name").containsExactly(NAME);
    }

    @Test
    void makes_no_container_when_told_so() {
        SwiftPublisher strict =
                new SwiftPublisher(swift, "c", UploadOptions.defaults().withCreateContainer(false));
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> strict.publish(NAME, file, Duration.ofMinutes(1)))
                .withMessageContaining("no such container");
    }

    @Test
    void signs_only_what_is_there_and_removes_twice_without_complaint() throws IOException {
        assertThatExceptionOfType(NoSuchObject.class).isThrownBy(() -> publisher.sign(NAME, Duration.ofMinutes(1)));
        publisher.store(NAME, file);
        publisher.sign(NAME, Duration.ofMinutes(1));
        publisher.remove(NAME);
        publisher.remove(NAME);
        assertThat(store.objects).isEmpty();
    }

    @Test
    void a_url_does_not_outlive_what_swift_is_going_to_delete() throws IOException {
        publisher.store(NAME, file);
        long end = ManualClock.START.plusSeconds(100).getEpochSecond();
        store.heads.get("c/" + NAME).put("x-delete-at", Long.toString(end));

        assertThat(publisher.sign(NAME, Duration.ofMinutes(1)).expires()).isEqualTo(ManualClock.START.plusSeconds(60));
        assertThat(publisher.sign(NAME, Duration.ofMinutes(5)).expires()).isEqualTo(ManualClock.START.plusSeconds(100));

        store.heads.get("c/" + NAME).put("x-delete-at", Long.toString(end - 200));
        assertThatExceptionOfType(NoSuchObject.class).isThrownBy(() -> publisher.sign(NAME, Duration.ofMinutes(1)));
    }

    @Test
    void what_takes_long_to_upload_lives_that_much_longer() throws IOException {
        publisher.publish(NAME, Files.write(folder.resolve("iso"), new byte[3 << 20]), Duration.ofMinutes(15));

        assertThat(store.heads.get("c/" + NAME)).containsEntry("x-delete-after", "903");
    }

    @Test
    void refuses_links_and_bad_names() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        assertThatExceptionOfType(PublishException.class).isThrownBy(() -> publisher.store(NAME, link));
        assertThatExceptionOfType(PublishException.class).isThrownBy(() -> publisher.store("../x", file));
        assertThat(store.objects).isEmpty();
    }
}

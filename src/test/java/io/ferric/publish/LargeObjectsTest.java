package io.ferric.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ferric.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeObjectsTest {
    private static final String NAME = "big.iso";
    private static final UploadOptions OPTIONS =
            UploadOptions.defaults().withDeleteAfter(Duration.ofHours(1)).withAnnotations(Map.of("usage_count", "1"));

    @TempDir
    Path folder;

    private final MemoryStore store = new MemoryStore();
    private final SwiftApi swift = new SwiftApi(
            store,
            SwiftOptions.defaults().withSegmentSize(4).withMaxRetries(1),
            new ManualClock(),
            pause -> {},
            new Random(7));
    private Path file;

    @BeforeEach
    void prepare() throws IOException {
        file = Files.writeString(folder.resolve("f"), "0123456789");
    }

    private String upload() throws PublishException {
        return swift.uploadObject("isos", NAME, file, OPTIONS);
    }

    private List<String> segments() {
        return store.objects.keySet().stream()
                .filter(name -> name.startsWith("isos/ferric-segments/"))
                .toList();
    }

    @Test
    void puts_the_segments_first_and_the_manifest_last() throws IOException {
        String etag = upload();
        assertThat(segments())
                .hasSize(3)
                .allMatch(name -> name.matches("isos/ferric-segments/big\\.iso/[0-9a-f-]{36}/0000000[012]"));
        assertThat(segments().stream().map(store.objects::get).map(String::new)).containsExactly("0123", "4567", "89");
        assertThat(store.requests.get(store.requests.size() - 1)).isEqualTo("PUT manifest isos/big.iso");
        assertThat(etag).isEqualTo(Md5.ofEtags(store.manifests.get("isos/big.iso")));
        assertThat(store.heads.get("isos/big.iso"))
                .containsEntry("x-delete-after", "3600")
                .containsEntry("x-object-meta-usage-count", "1");
        assertThat(store.heads.get(segments().get(0))).doesNotContainKey("x-object-meta-usage-count");
        assertThat(Integer.parseInt(store.heads.get(segments().get(0)).get("x-delete-after")))
                .as("segments do not expire before their manifest")
                .isGreaterThan(3600);
    }

    @Test
    void lists_the_object_but_not_its_segments() throws IOException {
        upload();
        assertThat(swift.listObjects("isos", "")).extracting("name").containsExactly(NAME);
    }

    @Test
    void deletes_the_segments_of_uploads_that_died_and_only_those() throws IOException {
        Map<String, String> ours = Map.of("ferric_installation", "a");
        swift.uploadObject("isos", NAME, file, OPTIONS.withAnnotations(ours));
        List<String> needed = segments();
        swift.uploadObject("isos", "died.iso", file, OPTIONS.withAnnotations(ours));
        swift.uploadObject("isos", "others.iso", file, OPTIONS.withAnnotations(Map.of("ferric_installation", "b")));
        store.deleteObject("isos", "died.iso");
        store.deleteObject("isos", "others.iso");

        assertThat(swift.deleteOrphanedSegments("isos", ours, Instant.EPOCH.minusSeconds(1)))
                .isEmpty();
        assertThat(swift.deleteOrphanedSegments("isos", ours, Instant.EPOCH))
                .singleElement()
                .asString()
                .startsWith("ferric-segments/died.iso/");
        assertThat(segments()).hasSize(6).containsAll(needed).noneMatch(name -> name.contains("died"));
    }

    @Test
    void deletes_the_segments_with_the_object() throws IOException {
        upload();
        swift.deleteObject("isos", NAME);
        assertThat(store.objects).isEmpty();
    }

    @Test
    void deletes_the_segments_of_what_it_replaces() throws IOException {
        upload();
        List<String> before = segments();
        upload();
        assertThat(segments()).hasSize(3).doesNotContainAnyElementsOf(before);
        Files.writeString(file, "tiny");
        upload();
        assertThat(store.objects.keySet()).containsExactly("isos/big.iso");
    }

    @Test
    void leaves_nothing_when_a_segment_fails() {
        for (int i = 0; i < 2; i++) {
            store.losing("PUT isos/ferric-segments", new Refusal(401, Map.of()));
        }
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(this::upload)
                .withMessageContainingAll("put segment", "ferric-segments/big.iso", "401");
        assertThat(store.objects).isEmpty();
    }

    @Test
    void keeps_the_old_object_when_the_manifest_is_refused() throws IOException {
        upload();
        byte[] old = store.objects.get(segments().get(0));
        List<String> before = segments();
        store.failing("PUT manifest", new Refusal(403, Map.of()));
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(this::upload)
                .withMessageContaining("put manifest");
        assertThat(segments()).isEqualTo(before);
        assertThat(store.objects.get(before.get(0))).isEqualTo(old);
    }

    @Test
    void believes_the_object_when_the_answer_to_the_manifest_is_lost() throws IOException {
        store.losing("PUT manifest", new Refusal(503, Map.of())).losing("PUT manifest", new Refusal(503, Map.of()));
        upload();
        assertThat(segments()).hasSize(3);
        assertThat(store.manifests).containsKey("isos/big.iso");
    }

    @Test
    void leaves_segments_alone_when_nobody_can_tell() throws IOException {
        upload();
        for (int i = 0; i < 2; i++) {
            store.losing("PUT manifest", new Refusal(503, Map.of()));
            store.failing("GET manifest isos/other.iso", new Refusal(503, Map.of()));
        }
        assertThatExceptionOfType(PublishException.class)
                .isThrownBy(() -> swift.uploadObject("isos", "other.iso", file, OPTIONS))
                .withMessageContaining("put manifest");
        assertThat(store.manifests).containsKey("isos/other.iso");
        assertThat(segments()).hasSize(6);
    }

    @Test
    void goes_by_swift_s_own_limits() throws IOException {
        SwiftApi roomy = new SwiftApi(store, SwiftOptions.defaults(), new ManualClock(), pause -> {}, new Random(7));
        store.info = Optional.of(new SwiftInfo(List.of("sha1"), 5, 2));
        roomy.uploadObject("isos", NAME, file, OPTIONS);
        assertThat(segments()).hasSize(2);
        SwiftApi other = new SwiftApi(store, SwiftOptions.defaults(), new ManualClock(), pause -> {}, new Random(7));
        store.info = Optional.of(new SwiftInfo(List.of("sha1"), 5, 0));
        SwiftApiTest.assertSwiftError(
                () -> other.uploadObject("isos", NAME, file, OPTIONS), "10 bytes", "5 (max_file_size", "large objects");
    }

    @Test
    void reads_the_limits_of_swift_and_of_rgw() {
        SwiftInfo swiftInfo = SwiftInfo.of(Map.of(
                "swift", Map.of("max_file_size", 5368709122L),
                "slo", Map.of("max_manifest_segments", 1000),
                "tempurl", Map.of("allowed_digests", List.of("sha256"))));
        assertThat(swiftInfo).isEqualTo(new SwiftInfo(List.of("sha256"), 5368709122L, 1000));
        SwiftInfo rgw = SwiftInfo.of(Map.of("tempurl", Map.of("methods", List.of("GET")), "slo", Map.of()));
        assertThat(rgw.tempUrlDigests()).isEmpty();
        assertThat(rgw.maxSegments()).isEqualTo(1000);
        assertThat(SwiftInfo.of(Map.of("swift", "nonsense")).maxSegments()).isZero();
    }
}

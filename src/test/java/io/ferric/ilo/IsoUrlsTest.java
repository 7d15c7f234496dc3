package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.ferric.deploy.AllowedPaths;
import io.ferric.deploy.ImageMetadata;
import io.ferric.deploy.ImageSource;
import io.ferric.deploy.ImageSources;
import io.ferric.image.Checksum;
import io.ferric.node.BootMode;
import io.ferric.node.InvalidRequest;
import io.ferric.node.NodeFault;
import io.ferric.node.NodeSpec;
import io.ferric.node.OperationFailed;
import io.ferric.publish.GlanceImages;
import io.ferric.publish.PublishException;
import io.ferric.publish.Publisher;
import io.ferric.publish.SignedUrl;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mock;
import org.mockito.junit.jupiter.MockitoExtension;

/** ISOs that Glance has: looked at before power is touched, fetched once for many nodes. */
@ExtendWith(MockitoExtension.class)
class IsoUrlsTest {
    private static final String UUID = "757274c4-2856-4bd2-bb20-9a4a231e187b";
    private static final String FIELD = "driver_info/ilo_deploy_iso";

    @TempDir
    Path folder;

    @Mock
    Publisher publisher;

    @Mock
    GlanceImages glance;

    private final Source source = new Source();
    private final List<byte[]> published = new ArrayList<>();
    private IsoUrls isos;

    @BeforeEach
    void set_up() throws Exception {
        isos = new IsoUrls(
                IloConfig.defaults().withWorkDirectory(folder.resolve("work")),
                publisher,
                new AllowedPaths(List.of()),
                new ImageSources(List.of(source)),
                Optional.of(glance));
        lenient().when(publisher.publish(anyString(), any(), any())).thenAnswer(call -> {
            synchronized (published) {
                published.add(Files.readAllBytes(call.getArgument(1)));
            }
            return new SignedUrl(URI.create("http://127.0.0.1/" + call.getArgument(0)), Bench.NOW);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {UUID, "glance:" + UUID, "glance://" + UUID})
    void an_iso_that_the_ilo_fetches_from_swift_is_looked_at_there_too(String reference) throws Exception {
        swiftHasIt();
        isos.judge(FIELD, reference, Optional.of(BootMode.BIOS));
        verify(glance).checkTempUrl(reference);
    }

    @Test
    void a_wrong_key_is_found_before_power_is_touched() throws Exception {
        swiftHasIt();
        doThrow(new PublishException("SwiftOperationError", "HTTP 401. The key is wrong."))
                .when(glance)
                .checkTempUrl(UUID);
        assertThatExceptionOfType(NodeFault.class)
                .isThrownBy(() -> isos.judge(FIELD, UUID, Optional.empty()))
                .withMessageContainingAll("'" + FIELD + "' cannot be used", "HTTP 401. The key is wrong.")
                .satisfies(fault -> assertThat(fault.code()).isEqualTo("SwiftOperationError"));
    }

    @Test
    void an_image_that_is_not_active_is_found_before_power_is_touched() throws Exception {
        source.refusal = Optional.of(new OperationFailed("ImageUnacceptable", "its status is queued", "finish it"));
        assertThatExceptionOfType(NodeFault.class)
                .isThrownBy(() -> isos.judge(FIELD, UUID, Optional.empty()))
                .withMessage("'" + FIELD + "' cannot be used: its status is queued")
                .satisfies(fault -> assertThat(fault.hint()).contains("finish it"));
        verify(glance, never()).checkTempUrl(any());
    }

    @Test
    void validate_finds_what_glance_does_not_have() throws Exception {
        when(glance.usable(UUID)).thenThrow(new PublishException("ImageNotFound", "HTTP 404, share it"));
        assertThatExceptionOfType(InvalidRequest.class)
                .isThrownBy(() -> isos.check(UUID, Optional.empty()))
                .withMessage("HTTP 404, share it")
                .satisfies(fault -> assertThat(fault.code()).isEqualTo("ImageNotFound"));
        assertThat(source.opened).hasValue(0);
    }

    @Test
    void what_is_no_iso_is_found_in_swift_as_well() {
        source.bytes = new byte[200_000];
        assertThatExceptionOfType(NodeFault.class)
                .isThrownBy(() -> isos.judge(FIELD, UUID, Optional.empty()))
                .withMessageContaining("it is no ISO image");
    }

    @Test
    void many_nodes_with_one_iso_fetch_it_once() throws Exception {
        swiftHasNothing();
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            List<Future<URI>> urls = new ArrayList<>();
            for (int node = 0; node < 8; node++) {
                urls.add(pool.submit(() -> isos.urlOf(new FakeTask(NodeSpec.ofDriver("ilo")).node(), UUID)));
            }
            for (Future<URI> url : urls) {
                assertThat(url.get().getPath()).startsWith("/iso-");
            }
        } finally {
            pool.shutdownNow();
        }
        assertThat(source.opened).hasValue(1);
        assertThat(published).hasSize(8).allSatisfy(bytes -> assertThat(bytes).isEqualTo(source.bytes));
    }

    @Test
    void an_iso_that_changed_is_fetched_again_and_one_of_which_nothing_is_known_each_time() throws Exception {
        swiftHasNothing();
        urlOfNew();
        source.bytes = Bench.iso("another");
        urlOfNew();
        assertThat(published.get(1)).isEqualTo(source.bytes);
        assertThat(source.opened).hasValue(2);
        source.version = Optional.empty();
        urlOfNew();
        urlOfNew();
        assertThat(source.opened).hasValue(4);
    }

    @Test
    void a_download_that_failed_is_no_copy() throws Exception {
        swiftHasNothing();
        source.checksum = Optional.of(Checksum.parse("sha256:" + "00".repeat(32)));
        assertThatExceptionOfType(NodeFault.class).isThrownBy(this::urlOfNew);
        assertThatExceptionOfType(NodeFault.class).isThrownBy(this::urlOfNew);
        assertThat(source.opened).hasValue(2);
        assertThat(published).isEmpty();
    }

    @Test
    void gives_no_url_to_an_ilo_that_swift_does_not_answer_any_more() throws Exception {
        swiftHasIt();
        assertThat(urlOfNew().getHost()).isEqualTo("swift");
        doThrow(new PublishException("SwiftOperationError", "HTTP 404"))
                .when(glance)
                .checkTempUrl(UUID);
        assertThatExceptionOfType(NodeFault.class).isThrownBy(this::urlOfNew).withMessageContaining("HTTP 404");
    }

    @Test
    void keeps_the_last_few_only() throws Exception {
        swiftHasNothing();
        for (int version = 0; version < 9; version++) {
            source.version = Optional.of("v" + version);
            urlOfNew();
        }
        try (var files = Files.walk(folder.resolve("work"))) {
            assertThat(files.filter(Files::isRegularFile)).hasSize(4);
        }
        source.version = Optional.of("v8");
        urlOfNew();
        assertThat(source.opened).hasValue(9);
        source.version = Optional.of("v0");
        urlOfNew();
        assertThat(source.opened).hasValue(10);
    }

    private URI urlOfNew() {
        return isos.urlOf(new FakeTask(NodeSpec.ofDriver("ilo")).node(), UUID);
    }

    private void swiftHasIt() throws Exception {
        when(glance.tempUrl(anyString(), any(Duration.class)))
                .thenReturn(new SignedUrl(URI.create("https://swift/x?temp_url_sig=y"), Bench.NOW));
    }

    private void swiftHasNothing() throws Exception {
        when(glance.tempUrl(anyString(), any(Duration.class)))
                .thenThrow(new PublishException(PublishException.MISSING_PARAMETER_VALUE, "no swift"));
    }

    /** One ISO, whatever the reference. */
    private static final class Source implements ImageSource {
        final AtomicInteger opened = new AtomicInteger();
        volatile byte[] bytes = Bench.iso("deploy");
        volatile Optional<String> version = Optional.of("1");
        volatile Optional<Checksum> checksum = Optional.empty();
        volatile Optional<NodeFault> refusal = Optional.empty();

        @Override
        public boolean accepts(String reference) {
            return GlanceImages.accepts(reference);
        }

        @Override
        public ImageMetadata metadata(String reference) throws IOException {
            if (refusal.isPresent()) {
                throw refusal.get();
            }
            Map<String, String> properties = new HashMap<>();
            version.ifPresent(text -> properties.put("version", text + bytes[0]));
            return new ImageMetadata(reference, OptionalLong.of(bytes.length), checksum, Optional.empty(), properties);
        }

        @Override
        public InputStream open(String reference, long offset) {
            opened.incrementAndGet();
            return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
        }
    }
}

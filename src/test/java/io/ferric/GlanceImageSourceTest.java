package io.ferric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.ferric.deploy.ImageMetadata;
import io.ferric.node.NodeFault;
import io.ferric.publish.GlanceImage;
import io.ferric.publish.GlanceImages;
import io.ferric.publish.PublishException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GlanceImageSourceTest {
    private static final String UUID = "757274c4-2856-4bd2-bb20-9a4a231e187b";

    private final GlanceImages glance = mock(GlanceImages.class);
    private final GlanceImageSource source = new GlanceImageSource(glance);

    @Test
    void an_image_with_a_hash_is_known_by_it_whatever_else_changes() throws IOException {
        has(Map.of("updated_at", "2026", "version", "42", "kernel_id", "k"), Optional.of("sha256:" + "ab".repeat(32)));
        ImageMetadata said = source.metadata("glance://" + UUID);
        assertThat(said.checksum()).hasToString("Optional[sha256:" + "ab".repeat(32) + "]");
        assertThat(said.properties()).containsEntry("kernel_id", "k").doesNotContainKey("version");
        assertThat(said.size()).hasValue(5);
    }

    @Test
    void an_image_without_a_hash_is_known_by_its_last_change() throws IOException {
        has(Map.of("updated_at", "2026"), Optional.empty());
        String before = source.metadata(UUID).properties().get("version");
        has(Map.of("updated_at", "2027"), Optional.empty());
        assertThat(source.metadata(UUID).properties().get("version"))
                .isNotEqualTo(before)
                .contains("2027");
    }

    @Test
    void a_hash_that_is_none_is_a_fault_with_words() throws IOException {
        has(Map.of(), Optional.of("sha512:ab"));
        assertThatExceptionOfType(NodeFault.class)
                .isThrownBy(() -> source.metadata(UUID))
                .withMessageContainingAll(UUID, "is no sha512 digest")
                .satisfies(e -> assertThat(e.code()).isEqualTo("ImageUnacceptable"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ImageNotFound", "ImageNotAuthorized", "ImageUnacceptable"})
    void what_will_not_pass_is_no_reason_to_try_again(String code) throws IOException {
        PublishException fault = new PublishException(code, "why");
        when(glance.usable(UUID)).thenThrow(fault);
        when(glance.download(UUID, 7)).thenThrow(fault);
        assertThatExceptionOfType(NodeFault.class)
                .isThrownBy(() -> source.metadata(UUID))
                .withMessage("why")
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
        assertThatExceptionOfType(NodeFault.class).isThrownBy(() -> source.open(UUID, 7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GlanceConnectionFailed", "KeystoneFailure"})
    void a_download_may_be_resumed_after_what_may_pass(String code) throws IOException {
        when(glance.download(UUID, 7)).thenThrow(new PublishException(code, "why"));
        assertThatExceptionOfType(PublishException.class).isThrownBy(() -> source.open(UUID, 7));
    }

    private void has(Map<String, String> properties, Optional<String> checksum) throws IOException {
        GlanceImage image = new GlanceImage(UUID, properties, OptionalLong.of(5), checksum, Optional.of("raw"));
        when(glance.usable(UUID)).thenReturn(image);
        when(glance.usable("glance://" + UUID)).thenReturn(image);
    }
}

package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.doNothing;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.ferric.ilo.client.License;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.ilo.client.MediaUse;
import io.ferric.node.BootDevice;
import io.ferric.node.NodeFault;
import io.ferric.node.OperationFailed;
import io.ferric.publish.NoSuchObject;
import io.ferric.publish.PublishException;
import io.ferric.publish.SignedUrl;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.mockito.InOrder;

class VirtualMediaBootTest {
    private static final String FLOPPY = "image-" + FakeTask.NODE + ".img";
    private static final String OWN_ISO = "iso-" + FakeTask.NODE + ".iso";
    private static final String SHARED_ISO = "boot-" + "ab".repeat(16) + ".iso";
    private static final String URL = "http://127.0.0.1:8080/deploy.iso";
    private static final String UUID = "0e2b3c4d-1111-4222-8333-444455556666";

    @TempDir
    Path folder;

    private Bench bench;
    private final FakeTask task = FakeTask.complete();

    @BeforeEach
    void set_up() throws Exception {
        bench = new Bench(folder);
    }

    private void setup(String iso, Map<String, String> parameters) {
        parts().setupVirtualMediaBoot(task, iso, parameters);
    }

    private VirtualMediaBoot parts() {
        return IloDriverProvider.parts(bench.services(), bench.config, bench.pauses::add)
                .media();
    }

    @Test
    void floppy_first_then_cd_then_the_next_boot() {
        setup(URL, Map.of("deployment_id", "1"));
        InOrder order = inOrder(bench.ilo);
        order.verify(bench.ilo).licenses();
        order.verify(bench.ilo).insertMedia(eq(MediaDrive.FLOPPY), any());
        order.verify(bench.ilo).connectMedia(MediaDrive.FLOPPY, MediaUse.CONNECT);
        order.verify(bench.ilo).insertMedia(MediaDrive.CDROM, URI.create(URL));
        order.verify(bench.ilo).connectMedia(MediaDrive.CDROM, MediaUse.CONNECT);
        order.verify(bench.ilo).setOneTimeBoot(BootDevice.CDROM);
    }

    @Test
    void the_floppy_holds_parameters_and_token() {
        setup(URL, Map.of("deployment_id", "4711"));
        String floppy = new String(bench.published.get(FLOPPY), StandardCharsets.ISO_8859_1);
        assertThat(floppy).hasSize(102_400).contains("deployment_id=4711", "t0ken");
        assertThat(floppy.toLowerCase()).contains("ir-vfd-dev");
        assertThat(bench.urlOf(MediaDrive.FLOPPY).getPath()).endsWith(FLOPPY);
        assertThat(bench.ttls).containsExactly(Duration.ofMinutes(10));
    }

    @Test
    void the_life_of_the_floppy_begins_when_the_iso_has_been_copied() {
        setup("test://deploy.iso", Map.of("deployment_id", "1"));
        assertThat(List.copyOf(bench.published.keySet())).containsExactly(OWN_ISO, FLOPPY);
    }

    @Test
    void without_a_token_there_is_no_token_file() {
        bench.token = Optional.empty();
        setup(URL, Map.of("deployment_id", "4711"));
        assertThat(new String(bench.published.get(FLOPPY), StandardCharsets.ISO_8859_1))
                .contains("deployment_id=4711")
                .doesNotContain("t0ken", "TOKEN");
    }

    @Test
    void nothing_is_left_in_the_work_folder() throws Exception {
        setup(URL, Map.of("deployment_id", "1"));
        try (Stream<Path> left = Files.list(bench.work)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void without_parameters_there_is_no_floppy() {
        setup(URL, Map.of());
        verify(bench.ilo, never()).insertMedia(eq(MediaDrive.FLOPPY), any());
        assertThat(bench.published).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", "line\nbreak", "quote\"", "$(reboot)"})
    void a_parameter_that_would_break_out_is_refused_before_anything_is_inserted(String value) {
        assertThatThrownBy(() -> setup(URL, Map.of("disk", value))).isInstanceOfSatisfying(NodeFault.class, fault -> {
            assertThat(fault.code()).isEqualTo("ImageCreationFailed");
            assertThat(fault.getMessage()).contains("disk");
        });
        verify(bench.ilo, never()).insertMedia(any(), any());
    }

    @Test
    void boot_once_needs_no_one_time_boot() {
        bench.config = bench.config.withMediaUse(MediaUse.BOOT_ONCE);
        setup(URL, Map.of("a", "b"));
        verify(bench.ilo).connectMedia(MediaDrive.CDROM, MediaUse.BOOT_ONCE);
        verify(bench.ilo).connectMedia(MediaDrive.FLOPPY, MediaUse.CONNECT);
        verify(bench.ilo, never()).setOneTimeBoot(any());
    }

    // ---- license

    @Test
    void asks_for_the_license_once_a_deploy() {
        VirtualMediaBoot media = parts();
        media.checkLicense(task);
        media.setupVirtualMediaBoot(task, URL, Map.of());
        verify(bench.ilo, times(1)).licenses();
    }

    @Test
    void without_a_license_nothing_is_touched() {
        when(bench.ilo.licenses()).thenReturn(List.of(new License("iLO 4 Standard")));
        assertThatThrownBy(() -> setup(URL, Map.of("a", "b"))).isInstanceOfSatisfying(OperationFailed.class, fault -> {
            assertThat(fault.code()).isEqualTo("InstanceDeployFailure");
            assertThat(fault.inPlainWords()).contains("iLO 4 Standard", "iLO Advanced");
        });
        verify(bench.ilo, never()).insertMedia(any(), any());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iLO 4 Advanced",
                "iLO Advanced Premium Security Edition",
                "iLO Scale-Out",
                "iLO Advanced for BladeSystem"
            })
    void knows_the_licenses_that_will_do(String type) {
        assertThat(new License(type).allowsVirtualMedia()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"iLO 4 Standard", "iLO 4 Essentials", ""})
    void knows_the_licenses_that_will_not_do(String type) {
        assertThat(new License(type).allowsVirtualMedia()).isFalse();
    }

    // ---- drives

    @Test
    void ejects_media_before_inserting() {
        bench.drives.put(MediaDrive.CDROM, MediaStatus.holding("http://old"));
        setup(URL, Map.of());
        InOrder order = inOrder(bench.ilo);
        order.verify(bench.ilo).ejectMedia(MediaDrive.CDROM);
        order.verify(bench.ilo).insertMedia(eq(MediaDrive.CDROM), any());
    }

    @Test
    void does_not_eject_from_an_empty_drive() {
        setup(URL, Map.of());
        verify(bench.ilo, never()).ejectMedia(any());
    }

    @Test
    void an_insert_that_inserted_nothing_is_found_out() {
        doNothing().when(bench.ilo).insertMedia(any(), any());
        assertThatThrownBy(() -> setup(URL, Map.of())).isInstanceOfSatisfying(OperationFailed.class, fault -> {
            assertThat(fault.code()).isEqualTo("IloOperationError");
            assertThat(fault.inPlainWords()).contains("without an error and ", "has nothing inserted", "deploy.iso");
        });
        verify(bench.ilo, never()).connectMedia(any(), any());
    }

    @Test
    void an_ilo_that_shows_the_media_late_is_waited_for() {
        when(bench.ilo.mediaStatus(MediaDrive.CDROM))
                .thenReturn(MediaStatus.EMPTY, MediaStatus.EMPTY, MediaStatus.holding(URL));
        setup(URL, Map.of());
        assertThat(bench.pauses).hasSize(1);
    }

    @Test
    void somebody_elses_image_in_the_drive_is_found_out() {
        when(bench.ilo.mediaStatus(MediaDrive.CDROM))
                .thenReturn(MediaStatus.EMPTY, MediaStatus.holding("http://10.9.9.9/S1G/other.iso"));
        assertThatThrownBy(() -> setup(URL, Map.of()))
                .hasMessageContaining("another image inserted: http://10.9.9.9/.../other.iso")
                .hasMessageNotContaining("S1G");
    }

    @Test
    void an_ilo_that_does_not_tell_the_url_is_believed() {
        when(bench.ilo.mediaStatus(MediaDrive.CDROM))
                .thenReturn(MediaStatus.EMPTY, new MediaStatus(true, false, Optional.empty(), "BOOT_ALWAYS", true));
        setup(URL, Map.of());
        verify(bench.ilo).connectMedia(MediaDrive.CDROM, MediaUse.CONNECT);
    }

    @Test
    void an_ilo_that_leaves_out_user_and_password_is_believed() {
        when(bench.ilo.mediaStatus(MediaDrive.CDROM))
                .thenReturn(MediaStatus.EMPTY, MediaStatus.holding("http://h:81/d.iso"));
        setup("http://user:word@h:81/d.iso", Map.of());
        verify(bench.ilo).connectMedia(MediaDrive.CDROM, MediaUse.CONNECT);
        assertThat(String.join("", task.events)).doesNotContain("word");
    }

    @Test
    void a_drive_held_by_a_console_is_left_alone() {
        bench.drives.put(MediaDrive.CDROM, new MediaStatus(false, true, Optional.empty(), "", false));
        assertThatThrownBy(() -> setup(URL, Map.of())).hasMessageContaining("remote console");
        verify(bench.ilo, never()).insertMedia(any(), any());
    }

    @Test
    void a_failing_insert_climbs() {
        doThrow(new OperationFailed("IloOperationError", "inserting failed", ""))
                .when(bench.ilo)
                .insertMedia(any(), any());
        assertThatThrownBy(() -> setup(URL, Map.of())).hasMessage("inserting failed");
    }

    // ---- references

    @Test
    void a_shared_boot_iso_gets_a_fresh_url_at_every_attach() {
        setup(SHARED_ISO, Map.of());
        URI first = bench.urlOf(MediaDrive.CDROM);
        setup(SHARED_ISO, Map.of());
        assertThat(bench.urlOf(MediaDrive.CDROM)).isNotEqualTo(first);
        assertThat(first.getPath()).endsWith(SHARED_ISO);
    }

    @ParameterizedTest
    @ValueSource(strings = {UUID, "glance:" + UUID, "glance://" + UUID})
    void a_glance_image_gets_a_temp_url(String reference) throws Exception {
        when(bench.glance.tempUrl(reference, Duration.ofMinutes(10)))
                .thenReturn(new SignedUrl(URI.create("https://swift/v1/a/c/" + UUID + "?temp_url_sig=x"), Bench.NOW));
        setup(reference, Map.of());
        assertThat(bench.urlOf(MediaDrive.CDROM)).hasHost("swift");
        assertThat(String.join("", task.events)).doesNotContain("temp_url_sig");
    }

    @Test
    void a_glance_that_keeps_no_images_in_swift_needs_a_source() throws Exception {
        when(bench.glance.tempUrl(anyString(), any()))
                .thenThrow(new PublishException(PublishException.MISSING_PARAMETER_VALUE, "no swift"));
        assertThatThrownBy(() -> setup(UUID, Map.of()))
                .isInstanceOfSatisfying(
                        NodeFault.class, fault -> assertThat(fault.code()).isEqualTo("ImageRefValidationFailed"));
    }

    @Test
    void a_boot_iso_that_somebody_deleted_is_named_with_the_cure() throws Exception {
        String name = "boot-" + "0".repeat(32) + ".iso";
        NoSuchObject gone = mock(NoSuchObject.class);
        when(gone.code()).thenReturn("SwiftObjectNotFound");
        doThrow(gone).when(bench.publisher).sign(eq(name), any());
        assertThatThrownBy(() -> parts().setupVirtualMediaBoot(task, name, Map.of()))
                .isInstanceOfSatisfying(NodeFault.class, fault -> {
                    assertThat(fault.code()).isEqualTo("SwiftObjectNotFound");
                    assertThat(fault.inPlainWords()).contains(name, "not in the store any more", "rebuild");
                });
    }

    @Test
    void what_a_source_knows_is_fetched_and_published() {
        setup("test://deploy.iso", Map.of());
        assertThat(bench.published.get(OWN_ISO))
                .asString(StandardCharsets.UTF_8)
                .startsWith("test://deploy.iso");
        assertThat(bench.urlOf(MediaDrive.CDROM).getPath()).endsWith(OWN_ISO);
    }

    @Test
    void a_copy_of_a_file_below_an_allowed_folder_is_published() throws Exception {
        Path iso = Files.write(folder.resolve("deploy.iso"), Bench.iso("bytes"));
        setup(iso.toUri().toString(), Map.of());
        assertThat(bench.published.get(OWN_ISO))
                .asString(StandardCharsets.UTF_8)
                .startsWith("bytes");
        ArgumentCaptor<Path> file = ArgumentCaptor.forClass(Path.class);
        verify(bench.publisher).publish(anyString(), file.capture(), any());
        assertThat(file.getValue())
                .as("the publisher may link to what it gets")
                .startsWithRaw(bench.work)
                .doesNotExist();
    }

    @Test
    void what_is_no_iso_is_not_published() throws Exception {
        Path text = Files.writeString(folder.resolve("deploy.iso"), "not found");
        for (String reference : List.of(text.toUri().toString(), "test://deploy.txt")) {
            assertThatThrownBy(() -> setup(reference, Map.of())).isInstanceOfSatisfying(NodeFault.class, fault -> {
                assertThat(fault.code()).isEqualTo("ImageUnacceptable");
                assertThat(fault.inPlainWords()).contains(reference, "no ISO image", "raw");
            });
        }
        assertThat(bench.published).isEmpty();
    }

    @Test
    void a_truncated_iso_is_not_published() throws Exception {
        byte[] iso = Bench.iso("bytes");
        ByteBuffer.wrap(iso).order(ByteOrder.LITTLE_ENDIAN).putInt(32_848, 19).putShort(32_896, (short) 2048);
        Path file = Files.write(folder.resolve("deploy.iso"), iso);
        assertThatThrownBy(() -> setup(file.toUri().toString(), Map.of())).hasMessageContaining("truncated");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file:///etc/passwd",
                "file:///dev/zero",
                "http:///deploy.iso",
                "http://a b/",
                "ftp://x/y",
                "swift:x"
            })
    void a_reference_that_must_not_be_used_is_refused(String reference) {
        assertThatThrownBy(() -> setup(reference, Map.of()))
                .isInstanceOfSatisfying(
                        NodeFault.class, fault -> assertThat(fault.code()).isEqualTo("ImageRefValidationFailed"));
        verify(bench.ilo, never()).insertMedia(any(), any());
    }

    @Test
    void a_publisher_that_fails_is_named_with_its_code() throws Exception {
        doThrow(new PublishException(PublishException.SWIFT_OPERATION_ERROR, "Swift said 507"))
                .when(bench.publisher)
                .publish(anyString(), any(), any());
        assertThatThrownBy(() -> setup(URL, Map.of("a", "b"))).isInstanceOfSatisfying(OperationFailed.class, fault -> {
            assertThat(fault.code()).isEqualTo("SwiftOperationError");
            assertThat(fault.getMessage()).contains("virtual floppy", "507");
        });
    }

    // ---- clean up

    @Test
    void clean_up_ejects_both_and_deletes_what_was_published() {
        setup("test://deploy.iso", Map.of("a", "b"));
        parts().cleanupVirtualMediaBoot(task);
        assertThat(bench.drives.values()).allMatch(status -> !status.inserted());
        assertThat(bench.published).isEmpty();
    }

    @Test
    void clean_up_goes_on_after_each_failure_and_throws_none() throws Exception {
        doThrow(new PublishException(PublishException.PUBLISH_FAILED, "disk gone"))
                .when(bench.publisher)
                .remove(anyString());
        doThrow(new OperationFailed("IloOperationError", "no answer", ""))
                .when(bench.ilo)
                .ejectMedia(any());
        parts().cleanupVirtualMediaBoot(task);
        verify(bench.ilo).ejectMedia(MediaDrive.FLOPPY);
        verify(bench.ilo).ejectMedia(MediaDrive.CDROM);
        verify(bench.publisher).remove(FLOPPY);
        verify(bench.publisher).remove(OWN_ISO);
        assertThat(task.events).hasSize(4).allMatch(event -> event.startsWith("clean up: Could not "));
    }
}

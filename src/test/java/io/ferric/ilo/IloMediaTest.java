package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.ferric.driver.MediaInterface;
import io.ferric.driver.MediaInterface.Attached;
import io.ferric.driver.MediaInterface.Device;
import io.ferric.ilo.client.Firmware;
import io.ferric.ilo.client.MediaDrive;
import io.ferric.ilo.client.MediaStatus;
import io.ferric.ilo.client.MediaUse;
import io.ferric.node.InvalidRequest;
import io.ferric.node.PowerState;
import io.ferric.node.ProvisionState;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.InOrder;

class IloMediaTest {
    private static final URI ISO = URI.create("http://user:secret@10.0.0.1:8089/images/rescue.iso");

    private Bench bench;
    private IloDriver driver;
    private MediaInterface media;
    private final FakeTask task = FakeTask.complete().in(ProvisionState.ACTIVE);

    @BeforeEach
    void set_up(@TempDir Path folder) throws Exception {
        bench = new Bench(folder);
        bench.config = bench.config.withMediaUse(MediaUse.BOOT_ONCE);
        driver = bench.driver();
        media = driver.media().orElseThrow();
    }

    @Test
    void attaches_in_place_of_what_was_in() {
        bench.drives.put(MediaDrive.CDROM, MediaStatus.holding("http://10.0.0.1/old.iso"));
        media.attach(task, Device.CDROM, ISO);
        InOrder order = inOrder(bench.ilo);
        order.verify(bench.ilo).ejectMedia(MediaDrive.CDROM);
        order.verify(bench.ilo).insertMedia(MediaDrive.CDROM, ISO);
        order.verify(bench.ilo).connectMedia(MediaDrive.CDROM, MediaUse.CONNECT);
        verify(bench.ilo, never()).setOneTimeBoot(any());
        assertThat(task.events)
                .containsExactly("media: Inserted http://10.0.0.1:8089/.../rescue.iso in the virtual CD drive");
    }

    @Test
    void shows_what_is_in_without_what_it_could_be_fetched_by() {
        media.attach(task, Device.CDROM, ISO);
        assertThat(media.attached(task))
                .containsExactly(
                        new Attached(Device.CDROM, true, "http://10.0.0.1:8089/.../rescue.iso"),
                        new Attached(Device.FLOPPY, false, ""));
    }

    @Test
    void detaches() {
        media.attach(task, Device.CDROM, ISO);
        media.detach(task, List.of(Device.CDROM, Device.FLOPPY));
        assertThat(bench.drives.values()).noneMatch(MediaStatus::inserted);
    }

    @Test
    void tells_of_names_that_some_ilos_refuse() {
        media.attach(task, Device.FLOPPY, URI.create("http://10.0.0.1/drivers.iso"));
        assertThat(task.events.get(0))
                .isEqualTo("media: Some iLOs take an image for the floppy drive only if its name ends in .img");
    }

    @Test
    void what_is_not_there_afterwards_is_an_error() {
        when(bench.ilo.mediaStatus(any())).thenReturn(MediaStatus.EMPTY);
        assertThatThrownBy(() -> media.attach(task, Device.CDROM, ISO))
                .hasMessage("Inserting virtual media CDROM: the iLO took http://10.0.0.1:8089/.../rescue.iso without an"
                        + " error and has nothing inserted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://10.0.0.1/a.iso", "file:///etc/a.iso", "a.iso", "nfs://10.0.0.1/a.iso", "http:/a.iso"})
    void takes_only_urls_an_ilo_can_fetch(String url) {
        assertThatThrownBy(() -> media.attach(task, Device.CDROM, URI.create(url)))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("is no URL an iLO can fetch");
        verify(bench.ilo, never()).ejectMedia(any());
    }

    @Test
    void an_ilo_that_takes_https_only_is_not_even_asked_otherwise() {
        when(bench.ilo.power()).thenReturn(PowerState.ON);
        when(bench.ilo.firmware()).thenReturn(new Firmware("1.12.00", "iLO7"));
        driver.power().state(task.in(ProvisionState.VERIFYING));
        task.in(ProvisionState.MANAGEABLE);
        assertThatThrownBy(() -> media.attach(task, Device.CDROM, ISO))
                .isInstanceOf(InvalidRequest.class)
                .hasMessage(
                        "'http://10.0.0.1:8089/.../rescue.iso' is not by https, and the iLO (iLO 7 firmware 1.12.00)"
                                + " takes no other");
        media.attach(task, Device.CDROM, URI.create("https://10.0.0.1/rescue.iso"));
    }

    @ParameterizedTest
    @EnumSource(
            value = ProvisionState.class,
            names = {"DEPLOYING", "WAIT_CALL_BACK", "DELETING", "CLEANING"})
    void never_touches_the_media_of_a_deploy(ProvisionState state) {
        task.in(state);
        assertThatThrownBy(() -> media.attach(task, Device.CDROM, ISO))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("needs its virtual drives");
        assertThatThrownBy(() -> media.detach(task, List.of(Device.CDROM))).isInstanceOf(InvalidRequest.class);
        verify(bench.ilo, never()).ejectMedia(any());
        verify(bench.ilo, never()).insertMedia(any(), any());
    }
}

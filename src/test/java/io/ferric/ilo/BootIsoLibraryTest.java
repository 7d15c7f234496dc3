package io.ferric.ilo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import io.ferric.deploy.DeployedDisk;
import io.ferric.driver.Findings;
import io.ferric.image.BootIso;
import io.ferric.image.Checksum;
import io.ferric.image.Content;
import io.ferric.image.ElTorito;
import io.ferric.image.ElToritoEntry.Platform;
import io.ferric.image.Images;
import io.ferric.image.IsoImage;
import io.ferric.lab.NoEfiLoader;
import io.ferric.node.BootMode;
import io.ferric.node.NodeFault;
import io.ferric.publish.PublishException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BootIsoLibraryTest {
    private static final String SHARED_NAME = "boot-[0-9a-f]{32}\\.iso";

    @TempDir
    Path folder;

    private Bench bench;
    private final FakeTask task = FakeTask.complete();

    @BeforeEach
    void set_up() throws Exception {
        bench = new Bench(folder);
    }

    private IloParts parts() {
        return IloDriverProvider.parts(bench.services(), bench.config, bench.pauses::add);
    }

    private String choose() {
        return parts().bootIsos().choose(task, Bench.DISK);
    }

    private Object recorded(String key) {
        return task.node().instanceInfo().values().get(key);
    }

    // ---- the blueprint's order

    @Test
    void the_operators_boot_iso_goes_first() {
        bench.imageProperties.put("boot_iso", "http://h/of-image.iso");
        task.setInstanceInfo("boot_iso", "http://h/of-operator.iso");
        assertThat(choose()).isEqualTo("http://h/of-operator.iso");
        assertThat(bench.shared.users).isEmpty();
    }

    @Test
    void then_the_images_own() {
        bench.imageProperties.put("boot_iso", "http://h/of-image.iso");
        assertThat(choose()).isEqualTo("http://h/of-image.iso");
        assertThat(recorded("ilo_boot_iso")).isEqualTo("http://h/of-image.iso");
        assertThat(recorded("boot_iso")).isEqualTo("http://h/of-image.iso");
        assertThat(bench.shared.users).isEmpty();
    }

    @Test
    void else_one_is_made_stored_for_good_and_recorded_under_both_names() throws Exception {
        String name = choose();
        assertThat(name).matches(SHARED_NAME);
        verify(bench.publisher).store(anyString(), any(), any());
        verify(bench.publisher, never()).publish(anyString(), any(), any());
        String iso = new String(bench.published.get(name), StandardCharsets.ISO_8859_1);
        assertThat(iso)
                .contains("root=UUID=" + Bench.DISK.rootUuid().orElseThrow() + " nofb nomodeset vga=normal")
                .contains("test://kernel", "test://ramdisk", "VMEDIA_BOOT_ISO");
        assertThat(recorded("ilo_boot_iso")).isEqualTo(name);
        assertThat(recorded("boot_iso")).isEqualTo(name);
        assertThat(bench.shared.users(name)).isEqualTo(1);
    }

    @Test
    void kernel_and_ramdisk_can_be_properties_of_the_image() {
        task.removeInstanceInfo("kernel");
        task.removeInstanceInfo("ramdisk");
        bench.imageProperties.put("kernel_id", "test://kernel-of-image");
        bench.imageProperties.put("ramdisk_id", "test://ramdisk-of-image");
        assertThat(new String(bench.published.get(choose()), StandardCharsets.ISO_8859_1))
                .contains("test://kernel-of-image", "test://ramdisk-of-image");
    }

    // ---- sharing

    @Test
    void a_second_node_shares_what_the_first_made() throws Exception {
        String name = choose();
        UUID other = UUID.randomUUID();
        bench.shared.acquire(name, other, () -> {
            throw new AssertionError("made again");
        });
        assertThat(choose()).isEqualTo(name);
        verify(bench.publisher, times(1)).store(anyString(), any(), any());
        assertThat(bench.shared.users(name)).isEqualTo(2);
        parts().bootIsos().release(task);
        assertThat(bench.published).containsKey(name);
        assertThat(bench.shared.users(name)).isEqualTo(1);
    }

    @Test
    void the_last_user_removes_it_and_forgets_it() {
        String name = choose();
        parts().bootIsos().release(task);
        assertThat(bench.published).doesNotContainKey(name);
        assertThat(recorded("ilo_boot_iso")).isNull();
        assertThat(recorded("boot_iso")).isNull();
        parts().bootIsos().release(task);
    }

    @Test
    void release_leaves_the_operators_boot_iso_alone() {
        task.setInstanceInfo("boot_iso", "http://h/of-operator.iso");
        choose();
        parts().bootIsos().release(task);
        assertThat(recorded("boot_iso")).isEqualTo("http://h/of-operator.iso");
    }

    @Test
    void what_was_recorded_before_a_rebuild_is_not_taken_for_the_operators() {
        String first = choose();
        task.setInstanceInfo("kernel", "test://newer-kernel");
        String second = choose();
        assertThat(second).matches(SHARED_NAME).isNotEqualTo(first);
        assertThat(bench.published).containsOnlyKeys(second);
        assertThat(bench.shared.users(first)).isZero();
        assertThat(recorded("ilo_boot_iso")).isEqualTo(second);
    }

    @Test
    void the_name_depends_on_all_that_goes_in_and_on_nothing_else() {
        String name = choose();
        assertThat(choose()).isEqualTo(name);
        assertThat(parts().bootIsos()
                        .choose(task, new DeployedDisk(Bench.DISK.rootUuid(), List.of(), "cd".repeat(32), 1)))
                .isNotEqualTo(name);
        assertThat(parts().bootIsos()
                        .choose(
                                task,
                                new DeployedDisk(Optional.of("another-root"), List.of(), Bench.DISK.imageSha256(), 1)))
                .isNotEqualTo(name);
        task.setInstanceInfo("ramdisk", "test://newer-ramdisk");
        assertThat(choose()).isNotEqualTo(name);
    }

    @Test
    void a_kernel_replaced_under_its_name_makes_another_iso() {
        String name = choose();
        bench.metadataOfAll.put("updated_at", "2026-11-22T13:00:00Z");
        String touched = choose();
        assertThat(touched).isNotEqualTo(name);
        bench.checksumOfAll = Optional.of(Checksum.parse("sha256:" + "0".repeat(64)));
        assertThatThrownBy(this::choose).isInstanceOf(NodeFault.class); // a third name, and not those bytes
        assertThat(task.remembered("boot_iso_shared")).isNotIn(name, touched);
    }

    @Test
    void another_installation_makes_another_iso() {
        String name = choose();
        bench.shared.installation = UUID.randomUUID();
        assertThat(choose()).isNotEqualTo(name);
    }

    @Test
    void one_that_got_lost_is_made_again() throws Exception {
        String name = choose();
        bench.published.clear();
        assertThat(choose()).isEqualTo(name);
        assertThat(bench.published).containsKey(name);
        verify(bench.publisher, times(2)).store(anyString(), any(), any());
    }

    // ---- failures

    @Test
    void an_iso_of_ours_named_by_hand_is_refused_because_nobody_would_count_it() {
        task.setInstanceInfo("ilo_boot_iso", "boot-" + "a".repeat(32) + ".iso");
        IloParts parts = IloDriverProvider.parts(bench.services(), bench.config, pause -> {});
        assertThatThrownBy(() -> parts.bootIsos().requireBoots(task.node(), BootMode.BIOS, parts.isos()))
                .isInstanceOfSatisfying(NodeFault.class, fault -> assertThat(fault.inPlainWords())
                        .contains("instance_info/ilo_boot_iso", "made for other nodes", "Remove it"));
        task.removeInstanceInfo("ilo_boot_iso");
        parts.bootIsos().choose(task, Bench.DISK);
        parts.bootIsos().requireBoots(task.node(), BootMode.BIOS, parts.isos()); // it is recorded by us
    }

    @Test
    void no_boot_iso_to_be_had_is_a_failure() {
        task.removeInstanceInfo("kernel");
        assertThatThrownBy(this::choose).isInstanceOfSatisfying(NodeFault.class, fault -> {
            assertThat(fault.code()).isEqualTo("InstanceDeployFailure");
            assertThat(fault.inPlainWords()).contains("no kernel", "instance_info/ilo_boot_iso");
        });
    }

    @Test
    void a_kernel_with_another_checksum_is_refused_and_nothing_is_left() throws Exception {
        task.setInstanceInfo("kernel_checksum", "sha256:" + "00".repeat(32));
        assertThatThrownBy(this::choose).isInstanceOf(NodeFault.class);
        assertThat(bench.published).isEmpty();
        assertThat(bench.shared.users).isEmpty();
        try (Stream<Path> left = Files.list(bench.work)) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_ramdisk_of_no_bytes_is_refused() {
        task.setInstanceInfo("ramdisk", "test://empty");
        assertThatThrownBy(this::choose).isInstanceOfSatisfying(NodeFault.class, fault -> {
            assertThat(fault.code()).isEqualTo("InvalidParameterValue");
            assertThat(fault.getMessage()).contains("instance_info/ramdisk", "0 bytes");
        });
        assertThat(bench.published).isEmpty();
    }

    @Test
    void a_kernel_that_its_source_does_not_have_is_found_at_once_and_where_it_stands() {
        task.removeInstanceInfo("kernel");
        bench.imageProperties.put("kernel_id", "test://absent");
        assertThat(findings())
                .singleElement()
                .asString()
                .contains("'property kernel_id of image test://image' cannot be read: no such thing");
    }

    @Test
    void a_local_kernel_of_no_bytes_is_found_at_once() throws Exception {
        Path kernel = Files.createFile(folder.resolve("vmlinuz"));
        task.setInstanceInfo("kernel", kernel.toUri().toString());
        assertThat(findings()).singleElement().asString().contains("instance_info/kernel", "0 bytes");
        Files.writeString(kernel, "kernel");
        assertThat(findings()).isEmpty();
    }

    @Test
    void a_publisher_that_fails_is_named_and_nobody_is_counted() throws Exception {
        doThrow(new PublishException(PublishException.SWIFT_OPERATION_ERROR, "Swift said 507"))
                .when(bench.publisher)
                .store(anyString(), any(), any());
        assertThatThrownBy(this::choose).isInstanceOfSatisfying(NodeFault.class, fault -> assertThat(fault.code())
                .isEqualTo("SwiftOperationError"));
        assertThat(bench.shared.users).isEmpty();
        parts().bootIsos().release(task);
    }

    // ---- validate

    private List<String> findings() {
        return findings(Optional.empty());
    }

    private List<String> findings(Optional<BootMode> wanted) {
        Findings findings = new Findings();
        parts().bootIsos().validate(task.node(), wanted, parts().isos(), findings);
        return findings.all().stream()
                .map(each -> each.field() + " " + each.message())
                .toList();
    }

    @Test
    void is_content_with_kernel_and_ramdisk() {
        assertThat(findings()).isEmpty();
    }

    @Test
    void names_kernel_and_ramdisk_when_both_are_missing() {
        task.removeInstanceInfo("kernel");
        task.removeInstanceInfo("ramdisk");
        assertThat(findings())
                .satisfiesExactly(
                        first -> assertThat(first).contains("instance_info/kernel", "kernel_id"),
                        second -> assertThat(second).contains("instance_info/ramdisk", "ramdisk_id"));
    }

    @Test
    void names_references_and_checksums_that_cannot_be_used() {
        task.setInstanceInfo("kernel", "ftp://x");
        task.setInstanceInfo("ramdisk_checksum", "nonsense");
        assertThat(findings())
                .satisfiesExactly(
                        first -> assertThat(first).contains("instance_info/kernel"),
                        second -> assertThat(second).contains("instance_info/ramdisk_checksum"));
    }

    @Test
    void kernel_and_ramdisk_from_web_servers_need_checksums() {
        task.setInstanceInfo("kernel", "http://127.0.0.1:1/kernel");
        task.setInstanceInfo("ramdisk", "http://127.0.0.1:1/ramdisk");
        assertThat(findings())
                .satisfiesExactly(
                        first -> assertThat(first).contains("instance_info/kernel_checksum"),
                        second -> assertThat(second).contains("instance_info/ramdisk_checksum"));
        assertThatThrownBy(this::choose).isInstanceOfSatisfying(NodeFault.class, fault -> {
            assertThat(fault.code()).isEqualTo("MissingParameterValue");
            assertThat(fault.inPlainWords()).contains("instance_info/kernel_checksum");
        });
        task.setInstanceInfo("kernel_checksum", "sha256:" + "00".repeat(32));
        task.setInstanceInfo("ramdisk_checksum", "sha256:" + "00".repeat(32));
        assertThat(findings()).isEmpty();
    }

    @Test
    void a_missing_boot_loader_is_found_with_the_line_that_installs_it() {
        bench.config = bench.config.withIsolinuxBin(folder.resolve("absent.bin"));
        assertThat(findings()).singleElement().asString().contains("isolinux_bin", "absent.bin");
    }

    @Test
    void a_boot_loader_that_lacks_a_part_is_found_too() throws Exception {
        Path modular = Files.writeString(folder.resolve("isolinux.bin"), "ISOLINUX 6.04");
        Files.deleteIfExists(folder.resolve("ldlinux.c32"));
        bench.config = bench.config.withIsolinuxBin(modular);
        boolean hostHasIt = Files.exists(Path.of("/usr/lib/syslinux/modules/bios/ldlinux.c32"));
        assertThat(findings()).hasSize(hostHasIt ? 0 : 1);
    }

    @Test
    void a_given_boot_iso_needs_neither_kernel_nor_boot_loader_but_must_be_usable() {
        bench.config =
                bench.config.withIsolinuxBin(folder.resolve("absent.bin")).withGrubEfi(folder.resolve("absent.efi"));
        task.removeInstanceInfo("kernel");
        task.setInstanceInfo("ilo_boot_iso", "http://h/boot.iso");
        assertThat(findings()).isEmpty();
        task.setInstanceInfo("ilo_boot_iso", "file:///etc/passwd");
        assertThat(findings()).singleElement().asString().contains("instance_info/ilo_boot_iso");
    }

    @Test
    void what_is_made_here_boots_in_the_modes_there_are_loaders_for() throws Exception {
        Path iso = folder.resolve("made.iso");
        Files.write(iso, bench.published.get(choose()));
        assertThat(ElTorito.platforms(iso)).contains(EnumSet.allOf(Platform.class));
        assertThat(parts().bootIsos().boots(task.node(), BootMode.BIOS)).isTrue();
        assertThat(parts().bootIsos().boots(task.node(), BootMode.UEFI)).isTrue();

        bench.config = bench.config.withGrubEfi(folder.resolve("absent.efi"));
        Files.write(iso, bench.published.get(choose()));
        assertThat(ElTorito.platforms(iso)).contains(Set.of(Platform.BIOS));
        assertThat(parts().bootIsos().boots(task.node(), BootMode.UEFI)).isFalse();
        task.setInstanceInfo("ilo_boot_iso", "http://h/boot.iso");
        assertThat(parts().bootIsos().boots(task.node(), BootMode.UEFI)).isTrue();
    }

    @Test
    void a_newer_boot_loader_makes_another_boot_iso() throws Exception {
        String name = choose();
        byte[] newer = NoEfiLoader.image();
        newer[newer.length - 1] = 1;
        Files.write(folder.resolve("gcdx64.efi"), newer);
        assertThat(choose()).isNotEqualTo(name);
        Files.write(folder.resolve("gcdx64.efi"), NoEfiLoader.image());
        assertThat(choose()).isEqualTo(name);
    }

    @Test
    void a_file_that_is_no_efi_program_is_found_at_once() throws Exception {
        Files.writeString(folder.resolve("gcdx64.efi"), "not found");
        assertThat(findings()).singleElement().asString().contains("ilo/grub_efi", "gcdx64.efi", "64-bit x86");
    }

    @Test
    void a_local_boot_iso_must_boot_in_the_mode_that_is_wanted() throws Exception {
        Path iso = folder.resolve("given.iso");
        Images.createBootIso(BootIso.of(Content.of("k"), Content.of("r"), "", Content.of(new byte[100])), iso);
        task.setInstanceInfo("ilo_boot_iso", iso.toUri().toString());
        assertThat(findings(Optional.of(BootMode.BIOS))).isEmpty();
        assertThat(findings()).isEmpty();
        assertThat(findings(Optional.of(BootMode.UEFI)))
                .singleElement()
                .asString()
                .contains("instance_info/ilo_boot_iso", "only an entry for BIOS", "UEFI mode");
        Images.createIsoImage(
                IsoImage.labelled("DATA").file("a", Content.of("b")).build(), iso);
        assertThat(findings(Optional.of(BootMode.BIOS)))
                .singleElement()
                .asString()
                .contains("no entry to boot from");
    }
}

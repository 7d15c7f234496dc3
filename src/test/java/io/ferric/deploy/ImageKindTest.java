package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.driver.Findings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageKindTest {
    private final FakeSource source = new FakeSource().put("mem:a", new byte[1]);
    private final FakeTask task = new FakeTask();
    private final Findings findings = new Findings();

    @ParameterizedTest
    @CsvSource({"whole-disk,true", "partition,false", "Whole-Disk,true"})
    void the_declared_kind_decides_whatever_else_is_there(String type, boolean whole) {
        source.properties("mem:a", whole ? Map.of("kernel_id", "k") : Map.of());

        assertThat(kind(Map.of("image_type", type))).contains(whole);
        assertThat(source.questions).hasValue(0);
    }

    @Test
    void an_unknown_kind_is_noted() {
        assertThat(kind(Map.of("image_type", "iso"))).isEmpty();
        assertThat(findings.text()).contains("instance_info/image_type", "whole-disk or partition");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel", "ramdisk", "ilo_boot_iso", "boot_iso"})
    void what_an_instance_boots_with_makes_it_a_root_file_system(String key) {
        assertThat(kind(Map.of(key, "mem:k"))).contains(false);
        assertThat(source.questions).hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kernel_id", "ramdisk_id", "boot_iso"})
    void so_do_the_same_things_of_the_image(String property) {
        source.properties("mem:a", Map.of(property, "x"));

        assertThat(kind(Map.of())).contains(false);
    }

    @ParameterizedTest
    @CsvSource({
        "img_type, whole-disk, true",
        "img_type, Partition, false",
        "image_type, whole-disk, true",
        "image_type, partition, false",
        "image_type, snapshot, false",
    })
    void but_the_kind_that_the_image_declares_comes_first(String property, String type, boolean whole) {
        source.properties("mem:a", Map.of(property, type, "kernel_id", "k"));

        assertThat(kind(Map.of())).contains(whole);
    }

    @Test
    void an_unknown_kind_of_the_image_is_noted() {
        source.properties("mem:a", Map.of("img_type", "iso"));

        assertThat(kind(Map.of())).isEmpty();
        assertThat(findings.text()).contains("img_type of the image", "is iso", "whole-disk or partition");
    }

    @Test
    void an_image_that_brings_none_of_them_is_that_of_a_whole_disk() {
        source.properties("mem:a", Map.of("kernel_id", " ", "os", "linux"));

        assertThat(kind(Map.of("root_gb", 10))).contains(true);
    }

    @Test
    void a_boot_iso_that_an_earlier_deploy_recorded_says_nothing() {
        source.properties("mem:a", Map.of());
        task.remember(InstanceBoot.RECORDED_BOOT_ISO, "boot-1.iso");

        assertThat(kind(Map.of("ilo_boot_iso", "boot-1.iso", "boot_iso", "boot-1.iso")))
                .contains(true);
        assertThat(kind(Map.of("ilo_boot_iso", "own.iso"))).contains(false);
    }

    private Optional<Boolean> kind(Map<String, Object> values) {
        Map<String, Object> info = new HashMap<>(values);
        info.put("image_source", "mem:a");
        task.withInstanceInfo(info);
        return ImageKind.isWholeDisk(task.node(), new ImageFacts(new ImageSources(List.of(source))), findings);
    }
}

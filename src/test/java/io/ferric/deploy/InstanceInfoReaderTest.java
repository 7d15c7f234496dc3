package io.ferric.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.driver.Finding;
import io.ferric.driver.Findings;
import io.ferric.node.FaultCode;
import io.ferric.node.Node;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstanceInfoReaderTest {
    private final FakeSource source = new FakeSource().put("mem:a", new byte[1]);
    private final ImageSources sources =
            new ImageSources(List.of(source, new HttpImageSource(HttpImageConfig.defaults())));
    private final Findings findings = new Findings();

    @Test
    void reads_what_is_there_and_fills_in_the_rest() {
        InstancePlan plan = read(Map.of("image_source", "mem:a", "root_gb", 10)).orElseThrow();

        assertThat(plan)
                .isEqualTo(new InstancePlan(
                        ImageRequest.of("mem:a"), 10_240, 0, 0, "ext4", false, BootPlan.DEFAULT, Optional.empty()));
    }

    @Test
    void reads_everything() {
        InstancePlan plan = read(Map.of(
                        "image_source", "mem:a",
                        "image_checksum", "a".repeat(64),
                        "image_disk_format", "raw",
                        "root_gb", "10",
                        "swap_mb", "512",
                        "ephemeral_gb", 2L,
                        "ephemeral_format", "xfs",
                        "preserve_ephemeral", true))
                .orElseThrow();

        assertThat(plan.image().checksum().orElseThrow()).hasToString("sha256:" + "a".repeat(64));
        assertThat(plan.image().diskFormat()).contains("raw");
        assertThat(plan.swapMib()).isEqualTo(512);
        assertThat(plan.ephemeralMib()).isEqualTo(2048);
        assertThat(plan.ephemeralFormat()).isEqualTo("xfs");
        assertThat(plan.preserveEphemeral()).isTrue();
    }

    @Test
    void names_all_that_is_missing_at_once() {
        assertThat(read(Map.of())).isEmpty();
        assertThat(fields()).containsExactly("instance_info/image_source", "instance_info/root_gb");
        assertThatThrownBy(findings::throwIfAny).extracting("code").isEqualTo(FaultCode.MISSING_PARAMETER_VALUE);
    }

    @Test
    void names_all_that_is_wrong_at_once() {
        read(Map.of(
                "image_source", "gopher://x",
                "image_checksum", "xyz",
                "root_gb", "ten",
                "swap_mb", -1,
                "ephemeral_gb", 1.5,
                "ephemeral_format", "ntfs",
                "preserve_ephemeral", "perhaps"));

        assertThat(fields())
                .containsExactlyInAnyOrder(
                        "instance_info/image_source",
                        "instance_info/image_checksum",
                        "instance_info/root_gb",
                        "instance_info/swap_mb",
                        "instance_info/ephemeral_gb",
                        "instance_info/ephemeral_format",
                        "instance_info/preserve_ephemeral");
        assertThat(findings.text()).contains("ten").contains("perhaps").contains("ext2, ext3, ext4, vfat, xfs");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "t", "true", "on", "y", "yes", "TRUE", "Yes"})
    void takes_these_for_true(String text) {
        assertThat(preserve(text).orElseThrow().preserveEphemeral()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "f", "false", "off", "n", "no", "FALSE", "No"})
    void takes_these_for_false(String text) {
        assertThat(preserve(text).orElseThrow().preserveEphemeral()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "ja", "truee", " true", "-1"})
    void takes_nothing_else_for_either(String text) {
        assertThat(preserve(text)).isEmpty();
        assertThat(findings.text()).contains("neither true nor false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.0", "1e3", " 10", "10\n", "0x10", "1234567890", "٣"})
    void takes_only_whole_numbers_for_sizes(String text) {
        assertThat(read(Map.of("image_source", "mem:a", "root_gb", text))).isEmpty();
        assertThat(fields()).containsExactly("instance_info/root_gb");
    }

    @Test
    void takes_no_boolean_for_a_size() {
        assertThat(read(Map.of("image_source", "mem:a", "root_gb", true))).isEmpty();
    }

    @Test
    void wants_a_checksum_for_images_from_web_servers() {
        assertThat(read(Map.of("image_source", "https://host/image", "root_gb", 1, "image_type", "partition")))
                .isEmpty();
        assertThat(fields()).containsExactly("instance_info/image_checksum");
    }

    @Test
    void refuses_weak_checksums_unless_told_otherwise() {
        Map<String, Object> info = Map.of("image_source", "mem:a", "root_gb", 1, "image_checksum", "a".repeat(32));

        assertThat(read(info)).isEmpty();
        assertThat(findings.text()).contains("md5").contains("weak_checksums");
    }

    @Test
    void refuses_what_no_mbr_can_hold_when_it_must_be_one() {
        assertThat(msdos(2047)).isPresent();
        assertThat(msdos(2048)).isEmpty();
        assertThat(msdos(999_999_999)).isEmpty();
        assertThat(findings.text()).contains("2 TiB", "disk_label:gpt");
    }

    private Optional<InstancePlan> msdos(int rootGb) {
        return read(Map.of("image_source", "mem:a", "root_gb", rootGb, "capabilities", Map.of("disk_label", "msdos")));
    }

    @Test
    void takes_a_gpt_where_an_mbr_does_not_reach_and_no_boot_loader_is_needed() {
        InstancePlan plan =
                read(Map.of("image_source", "mem:a", "root_gb", 2048)).orElseThrow();

        assertThat(PartitionPlan.of(plan).label()).isEqualTo(BootPlan.Label.GPT);
        assertThat(read(Map.of("image_source", "mem:a", "root_gb", 2048, "capabilities", "boot_option:local")))
                .isEmpty();
    }

    @Test
    void counts_the_partitions_an_mbr_would_have_to_hold() {
        Map<String, Object> info = new HashMap<>(Map.of("image_source", "mem:a", "root_gb", 1, "swap_mb", 1));
        info.putAll(Map.of("ephemeral_gb", 1, "configdrive", Map.of("user_data", "x")));
        assertThat(read(info)).isPresent();

        info.put("capabilities", "boot_mode:uefi");
        assertThat(read(info)).isPresent();

        info.put("capabilities", "boot_mode:uefi,disk_label:msdos");
        assertThat(read(info)).isEmpty();
        assertThat(findings.text()).contains("four partitions, not 5");
    }

    @Test
    void an_unknown_disk_label_is_noted() {
        assertThat(read(Map.of("image_source", "mem:a", "root_gb", 1, "capabilities", "disk_label:sun")))
                .isEmpty();
        assertThat(findings.text()).contains("disk_label sun; it can be gpt or msdos");
    }

    @Test
    void an_image_of_a_whole_disk_needs_no_root_gb_and_heeds_none() {
        Map<String, Object> info = Map.of("image_source", "mem:a", "image_type", "whole-disk", "root_gb", 4000);

        assertThat(read(info).orElseThrow())
                .isEqualTo(new InstancePlan(
                        ImageRequest.of("mem:a").ofWholeDisk(),
                        0,
                        0,
                        0,
                        "ext4",
                        false,
                        BootPlan.DEFAULT,
                        Optional.empty()));
        assertThat(read(Map.of("image_source", "mem:a", "image_type", "whole-disk")))
                .isPresent();
        assertThat(read(Map.of("image_source", "mem:a", "image_type", "whole-disk", "root_gb", 0)))
                .isPresent();
    }

    @Test
    void an_image_of_a_whole_disk_takes_no_partitions_beside_its_own() {
        read(Map.of("image_source", "mem:a", "image_type", "whole-disk", "swap_mb", 1, "ephemeral_gb", "2"));

        assertThat(fields()).containsExactly("instance_info/swap_mb", "instance_info/ephemeral_gb");
        assertThat(findings.text()).contains("image_type: partition");
    }

    @Test
    void the_image_is_asked_for_its_kind_only_when_the_node_does_not_say() {
        read(Map.of("image_source", "mem:a", "root_gb", 1, "image_type", "partition"));
        read(Map.of("image_source", "mem:a", "root_gb", 1, "kernel", "mem:k"));
        assertThat(source.questions).hasValue(0);

        read(Map.of("image_source", "mem:a", "root_gb", 1));
        assertThat(source.questions).hasValue(1);
    }

    @Test
    void an_image_that_cannot_be_asked_is_the_only_thing_noted() {
        assertThat(read(Map.of("image_source", "mem:missing"))).isEmpty();
        assertThat(fields()).containsExactly("instance_info/image_source");
    }

    @Test
    void a_format_without_an_ephemeral_partition_does_no_harm() {
        assertThat(read(Map.of("image_source", "mem:a", "root_gb", 1, "ephemeral_format", "vfat")))
                .isPresent();
    }

    private Optional<InstancePlan> preserve(String text) {
        return read(Map.of("image_source", "mem:a", "root_gb", 1, "preserve_ephemeral", text));
    }

    private Optional<InstancePlan> read(Map<String, Object> values) {
        Node node = new FakeTask().withInstanceInfo(new LinkedHashMap<>(values)).node();
        return new InstanceInfoReader(node, DeployConfig.defaults(), new ImageFacts(sources), findings).read();
    }

    private List<String> fields() {
        return findings.all().stream().map(Finding::field).toList();
    }
}

package io.ferric.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CapabilitiesTest {
    static Stream<Object> forms() {
        return Stream.of(
                Map.of("boot_mode", "uefi", "boot_option", "local"),
                "{\"boot_mode\": \"uefi\", \"boot_option\": \"local\"}",
                " { \"boot_mode\":\"uefi\",\"boot_option\" : \"local\" } ",
                "boot_mode:uefi,boot_option:local",
                " boot_mode : uefi , nonsense,boot_option:local,:x");
    }

    @ParameterizedTest
    @MethodSource("forms")
    void what_the_instance_asks_for_is_read_in_every_form(Object capabilities) {
        Node node = node(Map.of("capabilities", capabilities), Map.of());

        assertThat(node.capability("boot_mode")).contains("uefi");
        assertThat(node.capability("boot_option")).contains("local");
        assertThat(node.capability("disk_label")).isEmpty();
    }

    @Test
    void the_instance_goes_before_the_server() {
        Map<String, Object> server = Map.of("capabilities", "boot_mode:bios,disk_label:gpt");

        assertThat(node(Map.of("capabilities", "boot_mode:uefi"), server).capability("boot_mode"))
                .contains("uefi");
        assertThat(node(Map.of("capabilities", "boot_mode:uefi"), server).capability("disk_label"))
                .contains("gpt");
        assertThat(node(Map.of(), server).capability("boot_mode")).contains("bios");
    }

    @Test
    void blank_values_and_other_things_count_as_absent() {
        assertThat(node(Map.of("capabilities", "boot_mode:"), Map.of()).capability("boot_mode"))
                .isEmpty();
        assertThat(node(Map.of("capabilities", 7), Map.of()).capability("boot_mode"))
                .isEmpty();
        assertThat(node(Map.of("capabilities", "{"), Map.of()).capability("boot_mode"))
                .isEmpty();
    }

    private static Node node(Map<String, Object> instanceInfo, Map<String, Object> properties) {
        NodeSpec spec = NodeSpec.ofDriver("ilo").withInstanceInfo(instanceInfo).withProperties(properties);
        return Node.enrolled(UUID.randomUUID(), spec, Instant.EPOCH);
    }
}

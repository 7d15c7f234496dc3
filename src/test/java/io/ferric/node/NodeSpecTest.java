package io.ferric.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSpecTest {
    @Test
    void reads_capabilities_and_passes_over_what_is_none() {
        NodeSpec spec = NodeSpec.ofDriver("ilo")
                .withProperties(Map.of("capabilities", "nonsense, boot_mode:uefi ,:x,boot_option:"));

        assertThat(spec.capability("boot_mode")).contains("uefi");
        assertThat(spec.capability("boot_option")).isEmpty();
        assertThat(spec.capability("nonsense")).isEmpty();
        assertThat(NodeSpec.ofDriver("ilo").capability("boot_mode")).isEmpty();
    }

    @Test
    void a_port_keeps_its_address_in_lower_case() {
        assertThat(port("52-54-00-AB-CD-EF").address()).isEqualTo("52:54:00:ab:cd:ef");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "52:54:00:ab:cd", "52:54:00:ab:cd:eg", "52:54:00:ab:cd:ef:00"})
    void a_port_refuses_what_is_no_mac_address(String address) {
        assertThatThrownBy(() -> port(address))
                .isInstanceOf(InvalidRequest.class)
                .hasMessageContaining("is not a MAC address");
    }

    @Test
    void a_fault_keeps_the_first_place_it_was_noted_at() {
        UUID node = UUID.randomUUID();
        NodeFault fault = new Conflict(FaultCode.NODE_LOCKED, "Node is locked", "Try again.");

        assertThat(fault.during(node, "write").during(UUID.randomUUID(), "tidy").node())
                .contains(node);
        assertThat(fault.step()).contains("write");
        assertThat(fault.inPlainWords()).isEqualTo("Node is locked. Try again.");
    }

    private static Port port(String address) {
        return new Port(UUID.randomUUID(), UUID.randomUUID(), address, Map.of());
    }
}

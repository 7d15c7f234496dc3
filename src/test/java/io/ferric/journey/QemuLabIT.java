package io.ferric.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ferric.lab.qemu.VirtualMachine;
import io.ferric.testkit.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that docs/lab.md begins with. */
class QemuLabIT {
    @TempDir
    private Path folder;

    @BeforeAll
    static void kernel_is_there() throws Exception {
        QemuSupplies.get();
    }

    @Test
    void two_virtual_machines_are_deployed_at_once_each_at_its_own_address() throws Exception {
        JsonNode report = lab("--qemu", "--nodes", "2");

        assertThat(report.path("nodes")).hasSize(2).allSatisfy(node -> {
            assertThat(node.path("provision_state").asText()).isEqualTo("active");
            assertThat(node.path("verified").asBoolean()).isTrue();
            assertThat(node.path("events").findValuesAsText("message"))
                    .anyMatch(message -> message.startsWith("instance up: " + VirtualMachine.INSTANCE_UP));
        });
        List<String> reported = report.findValuesAsText("message").stream()
                .filter(message -> message.contains("the conductor is told the address"))
                .map(message -> message.replaceFirst(".*address ", ""))
                .toList();
        assertThat(reported).hasSize(2).doesNotHaveDuplicates();
        assertThat(Files.readString(folder.resolve("console-lab-1-2.log"))).contains(VirtualMachine.INSTANCE_UP);
        assertThat(Files.readString(folder.resolve("console-lab-2-2.log"))).contains(VirtualMachine.INSTANCE_UP);
    }

    @Test
    void a_virtual_machine_boots_by_uefi() throws Exception {
        JsonNode node = lab("--qemu", "--firmware", "uefi");

        assertThat(node.path("provision_state").asText()).isEqualTo("active");
        assertThat(node.path("partitions").findValuesAsText("role")).containsExactly("efi_system", "root");
        assertThat(node.path("events").findValuesAsText("message"))
                .anyMatch(message -> message.startsWith("instance up: " + VirtualMachine.INSTANCE_UP))
                .anyMatch(message -> message.contains("power on, UEFI"));
    }

    private JsonNode lab(String... options) throws Exception {
        List<String> words = new java.util.ArrayList<>(List.of("lab", "--json", "--work-dir", folder.toString()));
        words.addAll(List.of(options));
        Program.Result result = Program.run(words.toArray(String[]::new));
        assertThat(result.exit()).as(result.err()).isZero();
        return new ObjectMapper().readTree(result.out());
    }
}

package io.ferric.lab.qemu;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.lab.ilo.SimulatedIlo;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VirtualMachineTest {
    @TempDir
    private Path folder;

    @Test
    void deletes_its_old_logs_and_not_those_of_a_machine_whose_name_begins_alike() throws Exception {
        Path neighbours = Files.createFile(folder.resolve("console-a-b-1.log"));
        Path mine = Files.createFile(folder.resolve("console-a-1.log"));
        try (VirtualRack rack = VirtualRack.in(folder)) {
            rack.add("a", 1 << 20, SimulatedIlo.builder(), settings -> settings);
        }
        assertThat(neighbours).exists();
        assertThat(mine).doesNotExist();
    }
}

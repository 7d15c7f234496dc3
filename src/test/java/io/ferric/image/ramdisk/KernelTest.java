package io.ferric.image.ramdisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.image.ImageCreationException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KernelTest {
    @TempDir
    private Path folder;

    private Path vmlinuz;
    private Path modules;

    @BeforeEach
    void install() throws Exception {
        vmlinuz = Files.write(folder.resolve("vmlinuz"), Samples.kernel(Samples.VERSION));
        modules = Files.createDirectories(folder.resolve("lib/modules/" + Samples.VERSION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lib/modules", "lib/modules/" + Samples.VERSION})
    void finds_the_modules_of_its_version(String given) throws Exception {
        Files.createDirectories(folder.resolve("lib/modules/5.10.0-1-other"));
        assertThat(Kernel.of(vmlinuz, folder.resolve(given))).isEqualTo(new Kernel(vmlinuz, modules, Samples.VERSION));
    }

    @Test
    void refuses_modules_of_another_version() throws Exception {
        Path other = Files.createDirectories(folder.resolve("other/5.10.0-1-other"));
        assertThatThrownBy(() -> Kernel.of(vmlinuz, other.getParent()))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("the kernel is version " + Samples.VERSION)
                .hasMessageContaining("it has 5.10.0-1-other");
    }

    @Test
    void refuses_a_file_that_is_no_kernel() throws Exception {
        Path text = Files.writeString(folder.resolve("text"), "kernel");
        assertThatThrownBy(() -> Kernel.of(text, modules)).hasMessageContaining("no Linux bzImage");
        Path empty = Files.write(folder.resolve("empty"), new byte[4096]);
        assertThatThrownBy(() -> Kernel.of(empty, modules)).hasMessageContaining("no Linux bzImage");
        assertThatThrownBy(() -> Kernel.of(folder.resolve("nowhere"), modules)).hasMessageContaining("no file");
    }

    @Test
    void a_version_that_points_beyond_the_setup_code_is_no_version() throws Exception {
        byte[] bytes = Samples.kernel(Samples.VERSION);
        bytes[0x20f] = (byte) 0xff;
        Path odd = Files.write(folder.resolve("odd"), bytes);
        assertThatThrownBy(() -> Kernel.of(odd, modules)).hasMessageContaining("does not say its version");
    }
}

package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.lab.NoEfiLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EfiLoaderTest {
    @TempDir
    Path host;

    private Path put(String path) throws IOException {
        Path file = host.resolve(path.replaceFirst("^/", ""));
        Files.createDirectories(file.getParent());
        return Files.write(file, NoEfiLoader.image());
    }

    private Optional<EfiLoader> find() {
        return EfiLoader.find(usual -> host.resolve(usual.toString().substring(1)));
    }

    @Test
    void finds_nothing_on_a_bare_host() {
        assertThat(find()).isEmpty();
    }

    @Test
    void takes_an_unsigned_grub() throws IOException {
        Path grub = put("/usr/lib/grub/x86_64-efi/monolithic/gcdx64.efi");
        assertThat(find()).contains(EfiLoader.of(Content.of(grub)));
    }

    @Test
    void takes_shim_and_grub_only_as_a_signed_pair() throws IOException {
        Path unsigned = put("/usr/lib/grub/x86_64-efi/monolithic/gcdx64.efi");
        Path shim = put("/usr/lib/shim/shimx64.efi.signed");
        assertThat(find()).contains(EfiLoader.of(Content.of(unsigned)));
        Path grub = put("/usr/lib/grub/x86_64-efi-signed/gcdx64.efi.signed");
        assertThat(find()).contains(new EfiLoader(Content.of(shim), Optional.of(Content.of(grub))));
    }

    @Test
    void takes_the_configured_file_and_no_other() throws IOException {
        Path own = put("own/gcdx64.efi");
        put("own/grubx64.efi");
        assertThat(EfiLoader.find(Optional.of(own))).contains(EfiLoader.of(Content.of(own)));
        assertThat(EfiLoader.find(Optional.of(host.resolve("absent")))).isEmpty();
        assertThat(EfiLoader.find(Optional.empty())).isEqualTo(EfiLoader.find());
    }

    @Test
    void takes_the_grub_beside_a_configured_shim() throws IOException {
        Path shim = put("own/shimx64.efi");
        EfiLoader loader = EfiLoader.find(Optional.of(shim)).orElseThrow();
        assertThatThrownBy(loader::check).hasMessageContaining("grubx64.efi");
        put("own/grubx64.efi");
        assertThatCode(loader::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "60, 255", "64, 0", "68, 0", "156, 11"})
    void refuses_what_is_no_program_for_this_firmware(int at, int damage) {
        byte[] program = NoEfiLoader.image();
        assertThatCode(() -> EfiLoader.of(Content.of(program)).check()).doesNotThrowAnyException();
        program[at] = (byte) damage;
        assertThatThrownBy(() -> EfiLoader.of(Content.of(program)).check())
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("64-bit x86 UEFI");
    }

    @Test
    void refuses_an_empty_file() {
        assertThatThrownBy(() -> EfiLoader.of(Content.of("")).check()).isInstanceOf(ImageCreationException.class);
    }
}

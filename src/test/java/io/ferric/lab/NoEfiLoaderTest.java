package io.ferric.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.ferric.image.Content;
import io.ferric.image.EfiLoader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NoEfiLoaderTest {
    @Test
    void passes_for_an_efi_program_and_says_what_is_missing() {
        assertThatCode(() -> EfiLoader.of(Content.of(NoEfiLoader.image())).check())
                .doesNotThrowAnyException();
        byte[] image = NoEfiLoader.image();
        // lea rdx, [rip + displacement] at 8, 7 bytes long, in the code from 200h on
        int text = 0x200 + 8 + 7 + image[0x200 + 11];
        assertThat(new String(image, text, image.length - text, StandardCharsets.UTF_16LE))
                .startsWith("\r\nFerric lab: this disc was made without a boot loader for UEFI.")
                .contains("\0");
    }

    @Test
    void is_not_mistaken_for_another() {
        assertThat(NoEfiLoader.is(NoEfiLoader.image())).isTrue();
        assertThat(NoEfiLoader.is(new byte[1024])).isFalse();
        assertThat(NoEfiLoader.is(new byte[4])).isFalse();
    }
}

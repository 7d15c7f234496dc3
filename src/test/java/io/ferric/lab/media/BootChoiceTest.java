package io.ferric.lab.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootChoiceTest {
    @Test
    void takes_the_label_that_is_the_default() throws Exception {
        BootChoice choice = BootChoice.fromIsolinux("DEFAULT two\n\nlabel one\nkernel /a\nappend initrd=/b\n"
                + "LABEL two\n  KERNEL /vmlinuz\n  APPEND initrd=/initrd text root=UUID=1 root=UUID=2 --\n");
        assertThat(choice.kernel()).isEqualTo("/vmlinuz");
        assertThat(choice.ramdisk()).isEqualTo("/initrd");
        assertThat(choice.parameter("root")).contains("UUID=2");
        assertThat(choice.parameter("boot_method")).isEmpty();
    }

    @Test
    void reads_grub_settings() throws Exception {
        BootChoice choice = BootChoice.fromGrub(
                "set default=0\nmenuentry \"boot\" {\n linux /vmlinuz boot_method=vmedia --\n initrd /initrd\n}\n");
        assertThat(choice.parameter("boot_method")).contains("vmedia");
        assertThat(choice.ramdisk()).isEqualTo("/initrd");
    }

    @Test
    void reads_quoted_words_as_grub_does() throws Exception {
        BootChoice choice =
                BootChoice.fromGrub("menuentry boot {\n linux /vmlinuz 'a=$x {y}' b='' --\n initrd '/initrd'\n}\n");
        assertThat(choice.parameters()).containsExactly("a=$x {y}", "b=", "--");
        assertThat(choice.ramdisk()).isEqualTo("/initrd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=$x", "a;reboot", "{a}", "a=*", "'a", "a\\ b", "#a"})
    void refuses_what_grub_would_read_more_in_than_text(String parameters) {
        assertThatThrownBy(() -> BootChoice.fromGrub("linux /vmlinuz " + parameters + "\ninitrd /initrd\n"))
                .isInstanceOf(MediaException.class)
                .hasMessageContaining("grub.cfg has a");
    }

    @Test
    void misses_a_kernel_or_a_default() {
        assertThatThrownBy(() -> BootChoice.fromIsolinux("label boot\nkernel /a\n"))
                .hasMessageContaining("default");
        assertThatThrownBy(() -> BootChoice.fromIsolinux("default boot\nlabel boot\nkernel /a\n"))
                .hasMessageContaining("ramdisk");
        assertThatThrownBy(() -> BootChoice.fromIsolinux("")).isInstanceOf(MediaException.class);
    }
}

package io.ferric.image.ramdisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.image.ImageCreationException;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ElfTest {
    @Test
    void tells_the_loader_and_the_libraries_of_a_program() throws Exception {
        Elf elf = Elf.of("p", Samples.program("/lib64/ld.so", "liba.so.1", "libb.so.2"));
        assertThat(elf.interpreter()).contains("/lib64/ld.so");
        assertThat(elf.needed()).containsExactly("liba.so.1", "libb.so.2");
        assertThat(elf.moduleInfo()).isEmpty();
    }

    @Test
    void a_static_program_needs_nothing() throws Exception {
        Elf elf = Elf.of("p", Samples.program(""));
        assertThat(elf.interpreter()).isEmpty();
        assertThat(elf.needed()).isEmpty();
    }

    @Test
    void tells_what_a_module_says_of_itself() throws Exception {
        assertThat(Elf.of("m", Samples.module("depends=a,b", "alias=pci:*")).moduleInfo())
                .containsExactly("depends=a,b", "alias=pci:*", "vermagic=" + Samples.VERSION + " SMP mod_unload ");
    }

    @Test
    void refuses_what_is_no_64_bit_elf_file() {
        assertThatThrownBy(() -> Elf.of("it", "#!/bin/sh".repeat(20).getBytes()))
                .isInstanceOf(ImageCreationException.class)
                .hasMessage("it is no 64-bit ELF file, as programs and modules of x86-64 are");
        byte[] other = Samples.module();
        other[4] = 1;
        assertThatThrownBy(() -> Elf.of("it", other)).isInstanceOf(ImageCreationException.class);
    }

    @Property(tries = 200)
    void damage_is_told_and_never_more(
            @ForAll @IntRange(min = 16, max = 500) int at, @ForAll byte value, @ForAll @IntRange(max = 500) int cut) {
        for (byte[] whole : new byte[][] {Samples.module("depends=a"), Samples.program("/lib64/ld.so", "libc.so.6")}) {
            byte[] bytes = Arrays.copyOf(whole, Math.max(64, whole.length - cut));
            bytes[at % bytes.length] = value;
            try {
                Elf elf = Elf.of("it", bytes);
                elf.interpreter();
                elf.needed();
                elf.moduleInfo();
            } catch (ImageCreationException e) {
                assertThat(e).hasMessageStartingWith("it ");
            }
        }
    }
}

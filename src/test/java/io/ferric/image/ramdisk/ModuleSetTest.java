package io.ferric.image.ramdisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ferric.image.ImageCreationException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModuleSetTest {
    private static final String TREE = "lib/modules/" + Samples.VERSION + "/";

    @TempDir
    private Path folder;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    @Test
    void takes_along_what_a_module_needs_and_tells_modprobe_the_order() throws Exception {
        files.put("kernel/top.ko", Samples.module("depends=left,right-hand"));
        files.put("kernel/left.ko", Samples.module("depends=base"));
        files.put("kernel/right-hand.ko", Samples.module("depends=base"));
        files.put("kernel/base.ko", Samples.module("depends="));
        files.put("kernel/unwanted.ko", Samples.module());
        Map<String, Samples.Packed> ramdisk = packed("top");

        assertThat(ramdisk).containsKeys(TREE + "kernel/top.ko", TREE + "kernel/base.ko");
        assertThat(ramdisk).doesNotContainKey(TREE + "kernel/unwanted.ko");
        // modprobe loads from the right
        assertThat(ramdisk.get(TREE + "modules.dep").text().lines())
                .contains("kernel/top.ko: kernel/right-hand.ko kernel/left.ko kernel/base.ko", "kernel/base.ko:");
    }

    @Test
    void a_soft_dependency_answers_to_the_same_devices() throws Exception {
        files.put("kernel/r8169.ko", Samples.module("softdep=pre: realtek other post: late", "alias=pci:v10ECd8168*"));
        files.put("kernel/realtek.ko", Samples.module("alias=mdio:1"));
        files.put("kernel/late.ko", Samples.module());
        Map<String, Samples.Packed> ramdisk = packed("r8169");

        assertThat(ramdisk.get(TREE + "modules.alias").text())
                .startsWith("alias pci:v10ECd8168* realtek\nalias pci:v10ECd8168* r8169\nalias pci:v10ECd8168* late\n");
        assertThat(ramdisk.get(TREE + "modules.softdep").text())
                .isEqualTo("softdep r8169 pre: realtek other post: late\n");
        assertThat(ramdisk.get("lib/ferric/modules").text()).isEqualTo("realtek\nr8169\nlate\n");
    }

    @Test
    void circles_of_dependencies_end() throws Exception {
        files.put("kernel/a.ko", Samples.module("softdep=pre: b"));
        files.put("kernel/b.ko", Samples.module("softdep=pre: a", "depends=a"));
        assertThat(packed("a")).containsKeys(TREE + "kernel/a.ko", TREE + "kernel/b.ko");
    }

    @Test
    void modules_that_need_each_other_are_refused() throws Exception {
        files.put("kernel/a.ko", Samples.module("depends=b"));
        files.put("kernel/b.ko", Samples.module("depends=a"));
        assertThatThrownBy(() -> packed("a"))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("need each other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gz", "xz", "zst"})
    void compressed_modules_are_unpacked(String suffix) throws Exception {
        byte[] module = Samples.module("depends=");
        files.put("kernel/a.ko." + suffix, Samples.compressed("a.ko." + suffix, module));
        assertThat(packed("a").get(TREE + "kernel/a.ko").bytes()).isEqualTo(module);
    }

    @Test
    void a_module_put_in_later_goes_before_the_kernels_own() throws Exception {
        files.put("kernel/a.ko", Samples.module("depends="));
        files.put("updates/dkms/a.ko", Samples.module("depends=", "version=2"));
        assertThat(packed("a")).containsKey(TREE + "updates/dkms/a.ko").doesNotContainKey(TREE + "kernel/a.ko");
    }

    @Test
    void what_is_built_in_needs_no_file() throws Exception {
        files.put("kernel/a.ko", Samples.module("depends=base-part"));
        files.put("modules.builtin", "kernel/base-part.ko\nkernel/fs/ext4/ext4.ko\n".getBytes());
        ModuleSet modules = ModuleSet.of(kernel());
        modules.require("ext4");
        modules.require("a");
        assertThat(modules.modules()).extracting(KernelModule::name).containsExactly("a");
        assertThat(modules.absent()).isEmpty();
    }

    @Test
    void names_what_the_kernel_does_not_have() throws Exception {
        files.put("kernel/hpsa.ko", Samples.module());
        ModuleSet modules = ModuleSet.of(kernel());
        modules.add(DriverFamily.ALL);
        assertThat(modules.absent()).contains("tg3", "smartpqi").doesNotContain("hpsa");
        assertThat(modules.serves(DriverFamily.Use.DISK)).isTrue();
        assertThat(modules.serves(DriverFamily.Use.NETWORK)).isFalse();
        assertThatThrownBy(() -> modules.require("nonsense")).hasMessageContaining("has no module 'nonsense'");
    }

    @Test
    void a_tree_that_is_not_complete_is_refused() {
        files.put("kernel/a.ko", Samples.module("depends=gone"));
        assertThatThrownBy(() -> packed("a"))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("a needs gone")
                .hasMessageContaining("not complete");
    }

    @Test
    void a_module_of_another_kernel_is_refused() {
        files.put("kernel/a.ko", Samples.moduleOf("vermagic=5.10.0-1-other SMP\0".getBytes()));
        assertThatThrownBy(() -> packed("a"))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("is for kernel 5.10.0-1-other, but the kernel is " + Samples.VERSION);
    }

    @Test
    void a_folder_without_modules_is_refused() {
        files.put("modules.builtin", "kernel/a.ko\n".getBytes());
        assertThatThrownBy(() -> packed("a"))
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("there are no kernel modules");
    }

    @Test
    void a_module_that_unpacks_without_end_is_refused() throws Exception {
        Path bomb = Samples.write(
                folder.resolve("bomb.ko.gz"), Samples.compressed("bomb.ko.gz", new byte[129 * 1024 * 1024]));
        assertThatThrownBy(() -> Compressed.of(bomb).size())
                .isInstanceOf(ImageCreationException.class)
                .hasMessageContaining("unpacks to more than");
    }

    private Kernel kernel() throws Exception {
        return Samples.kernelWith(folder.resolve("k"), files);
    }

    private Map<String, Samples.Packed> packed(String wanted) throws Exception {
        ModuleSet modules = ModuleSet.of(kernel());
        modules.add(
                List.of(new DriverFamily(DriverFamily.Use.DISK, DriverFamily.When.AT_ONCE, "a test", List.of(wanted))));
        Initramfs ramdisk = new Initramfs();
        modules.pack(ramdisk);
        Path file = folder.resolve("ramdisk");
        ramdisk.write(file);
        assertThat(Files.size(file)).isPositive();
        return Samples.contents(file);
    }
}

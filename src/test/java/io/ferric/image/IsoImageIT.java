package io.ferric.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.testkit.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our ISO images before xorriso, isoinfo and blkid. */
class IsoImageIT {
    @TempDir
    Path folder;

    @Test
    void boot_iso_satisfies_xorriso_isoinfo_and_blkid() throws IOException {
        Path isolinux = Peer.requireFile("/usr/lib/ISOLINUX/isolinux.bin", "isolinux");
        Peer.requireFile("/usr/lib/syslinux/modules/bios/ldlinux.c32", "syslinux-common");
        byte[] before = Files.readAllBytes(isolinux);
        Path iso = folder.resolve("boot.iso");
        Images.createBootIso(
                BootIso.of(Content.of("kernel"), Content.of("ramdisk"), "root=UUID=1", Content.of(isolinux)), iso);

        String report = Peer.require("xorriso").run("-indev", iso, "-report_el_torito", "plain", "-find", "/");
        assertThat(report)
                .contains("Volume id    : 'VMEDIA_BOOT_ISO'")
                .contains("El Torito cat path : /isolinux/boot.cat")
                .containsPattern("El Torito boot img :   1  BIOS  y   none  0x0000  0x00      4 ")
                .contains("El Torito img path :   1  /isolinux/isolinux.bin")
                .contains("boot-info-table")
                .contains("'/vmlinuz'", "'/initrd'", "'/isolinux/isolinux.cfg'", "'/isolinux/ldlinux.c32'");
        assertThat(Peer.require("isoinfo").run("-d", "-i", iso))
                .contains("Volume id: VMEDIA_BOOT_ISO")
                .contains("Joliet with UCS level 3 found")
                .contains("Rock Ridge signatures version 1 found")
                .contains("Bootid 88 (bootable)")
                .contains("Boot media 0 (No Emulation Boot)")
                .contains("Nsect 4");
        assertThat(Peer.require("isoinfo").run("-i", iso, "-x", "/ISOLINUX/ISOLINUX.CFG;1"))
                .isEqualTo("default boot\n\nlabel boot\nkernel /vmlinuz\nappend initrd=/initrd text root=UUID=1 --\n");
        assertThat(Peer.require("blkid").run("-p", iso))
                .contains("LABEL=\"VMEDIA_BOOT_ISO\"")
                .contains("TYPE=\"iso9660\"")
                .contains("BOOT_SYSTEM_ID=\"EL TORITO SPECIFICATION\"");
        assertThat(Files.readAllBytes(isolinux)).isEqualTo(before);
    }

    @Test
    void boots_bios_and_uefi_from_one_image() throws IOException {
        Path isolinux = Peer.requireFile("/usr/lib/ISOLINUX/isolinux.bin", "isolinux");
        Peer.requireFile("/usr/lib/syslinux/modules/bios/ldlinux.c32", "syslinux-common");
        EfiLoader loader = EfiLoader.of(Content.of(new byte[300_000]));
        Path iso = folder.resolve("both.iso");
        Images.createBootIso(
                BootIso.of(Content.of("kernel"), Content.of("ramdisk"), "quiet", Content.of(isolinux))
                        .efi(loader),
                iso);

        assertThat(Peer.require("xorriso").run("-indev", iso, "-report_el_torito", "plain"))
                .containsPattern("El Torito boot img :   1  BIOS  y   none")
                .containsPattern("El Torito boot img :   2  UEFI  y   none  0x0000  0x00 +[0-9]+ ")
                .contains("El Torito img path :   2  /efi.img");
        Path esp = folder.resolve("efi.img");
        Peer.require("xorriso").run("-osirrox", "on", "-indev", iso, "-extract", "/efi.img", esp);
        Peer.require("fsck.vfat").run("-n", esp);
        assertThat(Peer.require("mdir").run("-i", esp, "-/", "-b", "::"))
                .contains("::/EFI/BOOT/BOOTX64.EFI", "::/EFI/BOOT/grub.cfg");
    }

    @Test
    void xorriso_extracts_the_same_tree() throws IOException {
        Map<String, byte[]> tree = tree();
        IsoImage.Builder builder = IsoImage.labelled("TREE");
        tree.forEach((path, bytes) -> builder.file(path, Content.of(bytes)));
        Path iso = folder.resolve("tree.iso");
        Images.createIsoImage(builder.build(), iso);

        Path rockRidge = folder.resolve("extracted");
        Peer.require("xorriso").run("-osirrox", "on", "-indev", iso, "-extract", "/", rockRidge);
        assertSame(rockRidge, tree);
        String joliet = Peer.require("isoinfo").run("-J", "-f", "-i", iso);
        assertThat(joliet.lines().filter(line -> line.endsWith(";1"))).hasSize(tree.size());
        assertThat(joliet).contains("/dir/with blanks and (odd) names+.txt;1");
    }

    @Test
    void files_over_4_gib_keep_their_size() throws IOException {
        Path iso = folder.resolve("huge.iso");
        TestImages.writeHugeIso(iso, 9_000_000_001L);

        assertThat(Peer.require("xorriso").run("-indev", iso, "-lsl", "/")).contains(" 9000000001 ");
        assertThat(ImageInfo.inspect(iso).truncated()).isFalse();
    }

    private static Map<String, byte[]> tree() {
        Random random = new Random(42);
        Map<String, byte[]> tree = new TreeMap<>();
        for (int i = 0; i < 300; i++) {
            byte[] bytes = new byte[random.nextInt(10_000)];
            random.nextBytes(bytes);
            tree.put("dir/" + (i % 7) + "/file " + "long ".repeat(i % 40) + i, bytes);
        }
        tree.put("dir/with blanks and (odd) names+.txt", new byte[1]);
        tree.put("a/b/c/d/e/f/g/h/i/j/k/l/deep", new byte[2048]);
        tree.put("empty", new byte[0]);
        tree.put("Grüße/世界", new byte[2049]);
        return tree;
    }

    private static void assertSame(Path extracted, Map<String, byte[]> tree) throws IOException {
        try (Stream<Path> files = Files.walk(extracted)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> extracted.relativize(file).toString()))
                    .containsExactlyInAnyOrderElementsOf(tree.keySet());
        }
        for (Map.Entry<String, byte[]> file : tree.entrySet()) {
            assertThat(Files.readAllBytes(extracted.resolve(file.getKey()))).isEqualTo(file.getValue());
        }
    }
}

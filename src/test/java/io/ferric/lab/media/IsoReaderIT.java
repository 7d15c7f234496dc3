package io.ferric.lab.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.ferric.testkit.Peer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ISO reader on discs made by xorriso and genisoimage. */
class IsoReaderIT {
    private static final String LONG_NAME = "a file with a name that fills more than one record ".repeat(4) + "end";

    @TempDir
    private Path folder;

    private Path tree;
    private final byte[] ramdisk = new byte[3_000_001];

    @BeforeEach
    void plant() throws Exception {
        Path loader = Peer.requireFile("/usr/lib/ISOLINUX/isolinux.bin", "isolinux");
        tree = folder.resolve("tree");
        Files.createDirectories(tree.resolve("isolinux"));
        Files.copy(loader, tree.resolve("isolinux/isolinux.bin"));
        Files.writeString(tree.resolve("isolinux/isolinux.cfg"), "default boot\n");
        Files.writeString(tree.resolve("vmlinuz"), "kernel");
        Files.writeString(tree.resolve(LONG_NAME), "x");
        Files.writeString(tree.resolve("empty"), "");
        new Random(5).nextBytes(ramdisk);
        Files.write(tree.resolve("initrd"), ramdisk);
        for (int i = 0; i < 60; i++) {
            Files.writeString(tree.resolve("isolinux/many-" + i), "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xorriso", "genisoimage"})
    void reads_what_others_wrote(String program) throws Exception {
        Peer peer = Peer.require(program);
        Path disc = folder.resolve("disc.iso");
        Object[] options = {
            "-r",
            "-J",
            "-joliet-long",
            "-V",
            "VMEDIA_BOOT_ISO",
            "-b",
            "isolinux/isolinux.bin",
            "-c",
            "isolinux/boot.cat",
            "-no-emul-boot",
            "-boot-load-size",
            "4",
            "-boot-info-table",
            "-o",
            disc,
            tree
        };
        Object[] asMkisofs = {"-as", "mkisofs"};
        peer.run(
                program.equals("xorriso")
                        ? java.util.stream.Stream.concat(Arrays.stream(asMkisofs), Arrays.stream(options))
                                .toArray()
                        : options);

        try (FileChannel channel = FileChannel.open(disc)) {
            Blocks medium = Blocks.of(channel);
            IsoReader reader = IsoReader.open(medium);
            assertThat(reader.label()).isEqualTo("VMEDIA_BOOT_ISO");
            assertThat(reader.files())
                    .contains(
                            "/vmlinuz",
                            "/initrd",
                            "/empty",
                            "/" + LONG_NAME,
                            "/isolinux/many-59",
                            "/isolinux/boot.cat");
            assertThat(reader.jolietFiles()).contains("/vmlinuz", "/isolinux/many-0");
            IsoFile file = reader.find("/initrd");
            assertThat(Arrays.equals(reader.read(file, 0, (int) file.size()), ramdisk))
                    .isTrue();
            assertThat(reader.find("/INITRD").size()).isEqualTo(ramdisk.length);
            assertThat(reader.bootEntries()).hasSize(1);
            BootEntry entry = reader.bootEntries().get(0);
            assertThat(entry.platform()).isEqualTo(BootEntry.BIOS);
            assertThat(entry.bootable()).isTrue();
            assertThat(entry.sectors512()).isEqualTo(4);
            BootInfoTable.read(medium.at(entry.sector() * IsoReader.SECTOR, IsoReader.SECTOR))
                    .check(medium, entry.sector());
        }
    }
}
